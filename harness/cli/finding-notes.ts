// Prints one line for each new finding, as soon as it is found: the properties it violates, and how to replay it.
import type { TaskResult } from '../execution/search-space.ts';
import { brokenBy, PROPERTIES } from '../formats/finding.ts';
import { replayToken } from '../formats/replay-token.ts';
import type { SearchOptions } from '../runner/search.ts';
import type { CommandContext } from './command.ts';
import type { OutputFlags } from './flags.ts';
import { pasteLine } from './paste-line.ts';

type OnFinding = NonNullable<SearchOptions<never, TaskResult>['onFinding']>;

/** The lane and the system of the findings, and where to print them. */
interface NotesAbout {
  readonly lane: 'live' | 'sim';
  /** The name of the system. */
  readonly system: string;
  readonly flags: OutputFlags & { readonly system?: string };
  readonly context: Pick<CommandContext, 'screen'>;
}

/** More lines would hide other output; later findings are in the results. */
const NOTES_MAX = 16;

/**
 * Returns the callback that prints a line on stderr for each finding; with --quiet it prints none. The line of a live scenario has only its
 * name, because its file is written when the search is over.
 */
export function findingNotes({ lane, system, flags, context }: NotesAbout): OnFinding {
  const systemFlag = flags.system === undefined || flags.system === system ? [] : ['--system', flags.system];
  let notes = 0;
  return ({ case: found, cameUpAgain }, fingerprints) => {
    notes += 1;
    if (flags.quiet || notes > NOTES_MAX) return;
    const what = [...new Set(fingerprints.map(brokenBy))].map(named).join(', ');
    const where =
      lane === 'sim'
        ? pasteLine(['replay', replayToken(system, found), ...systemFlag])
        : `scenario '${found.scenario.name}'`;
    const doubt = cameUpAgain === false ? '; its replays do not show it, so the search goes on' : '';
    context.screen.note(`${lane}: found ${what}: ${where}${doubt}`);
  };
}

function named(broken: string): string {
  const names: Readonly<Record<string, string>> = PROPERTIES;
  return [broken, names[broken] ?? ''].join(' ').trim();
}
