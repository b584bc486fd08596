// Opens the lane that the flags name, lends it to a command, and closes it whatever happens.
import { loadSystem, type LoadedSystem } from '../adapters/load-system.ts';
import { InterruptedError, UsageError } from '../formats/errors.ts';
import type { Lane } from '../formats/run.ts';
import type { CommandContext } from './command.ts';
import type { LaneFlags } from './flags.ts';
import { INFRASTRUCTURES } from './infrastructures.ts';
import { SYSTEMS } from './systems.ts';

/** What a command gets to work with. */
export interface LentLane {
  readonly lane: Lane;
  readonly system: LoadedSystem;
}

/** Runs `work` on a lane for the system. An interrupt while the lane opens ends with InterruptedError. */
export async function withLane<T>(
  request: { readonly system: string; readonly flags: LaneFlags; readonly context: CommandContext },
  work: (lent: LentLane) => Promise<T>,
): Promise<T> {
  const { flags, context } = request;
  const { screen, signal } = context;
  const open = INFRASTRUCTURES[flags.infra];
  if (open === undefined) throw new UsageError(`there is no infrastructure '${flags.infra}'`);
  const system = await loadSystem(request.system, SYSTEMS);
  const { slots } = flags;
  const lane = await open({
    description: system.description,
    slots,
    signal,
    onProgress: (line) => screen.status(line),
  });
  try {
    if (signal.aborted) throw new InterruptedError('interrupted before anything ran');
    return await work({ lane, system });
  } finally {
    screen.status('ending processes');
    // What was found out stands, however the processes end; the guard ends those that would not.
    await lane
      .close()
      .catch((error: unknown) => screen.note(`warning: the lane did not close cleanly: ${String(error)}`));
    screen.clearStatus();
  }
}
