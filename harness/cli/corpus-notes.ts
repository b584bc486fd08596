// Prints the outcomes of the corpus on stderr while a certification replays it.
import type { Replayed } from '../runner/replay-each.ts';
import type { CommandContext } from './command.ts';
import type { OutputFlags } from './flags.ts';

/** Returns the callback for each replayed entry: a line if it is not FIXED, else a status. */
export function corpusNotes({
  flags,
  context: { screen },
}: {
  readonly flags: OutputFlags;
  readonly context: Pick<CommandContext, 'screen'>;
}): (replayed: Replayed) => void {
  let done = 0;
  return ({ row: { id, lane, outcome, message } }) => {
    done += 1;
    if (outcome === 'FIXED' || flags.quiet) screen.status(`${lane}: ${done} of the corpus replayed`);
    else screen.note(`${lane}: corpus ${id} ${outcome}: ${message}`);
  };
}
