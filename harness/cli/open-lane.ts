// Opens the lane that the flags name, lends it to a command, and closes it whatever happens.
import { loadSystem, type LoadedSystem } from '../adapters/load-system.ts';
import { InterruptedError, UsageError } from '../platform/errors.ts';
import { openWatchedLane } from '../sim/explore/watched-lane.ts';
import type { System } from '../../src/contract/system.ts';
import type { Lane } from '../execution/executor.ts';
import type { CommandContext } from './command.ts';
import type { LaneFlags } from './flags.ts';
import { INFRASTRUCTURES } from './infrastructures.ts';
import { SYSTEMS } from './systems.ts';

/** What a command gets to work with. */
export interface LentLane {
  readonly lane: Lane;
  readonly system: LoadedSystem;
}

/** Loads a system by its name or file. */
export function loadNamed(system: string): Promise<LoadedSystem> {
  return loadSystem(system, SYSTEMS);
}

/** Opens the lane that the flags name. */
function openLane(
  system: LoadedSystem,
  { flags, context: { screen, signal } }: { flags: LaneFlags; context: CommandContext },
): Promise<Lane> {
  if (flags.lane === 'both') throw new UsageError("--lane both: expected one lane here, 'live' or 'sim'");
  if (flags.lane === 'sim') return openWatchedLane(assemblyOf(system));
  const open = INFRASTRUCTURES[flags.infra];
  if (open === undefined) throw new UsageError(`there is no infrastructure '${flags.infra}'`);
  const { slots } = flags;
  return open({ description: system.description, slots, signal, onProgress: (line) => screen.status(line) });
}

/** The system as the sim lane needs it; throws a UsageError for one that is only described. */
export function assemblyOf({ assembly, description }: LoadedSystem): System {
  if (assembly !== undefined) return assembly;
  throw new UsageError(`the sim lane is NOT AVAILABLE for ${description.name}: ${NO_SIM}`);
}

/** Why the sim lane cannot run a system. */
export const NO_SIM = 'it is described, not assembled from parts, so it cannot be loaded into the process of the rig';

/** Runs `work` on a lane for the system. An interrupt while the lane opens ends with InterruptedError. */
export async function withLane<T>(
  request: { readonly system: string | LoadedSystem; readonly flags: LaneFlags; readonly context: CommandContext },
  work: (lent: LentLane) => Promise<T>,
): Promise<T> {
  const { flags, context } = request;
  const { screen, signal } = context;
  const system = typeof request.system === 'string' ? await loadNamed(request.system) : request.system;
  const lane = await openLane(system, { flags, context });
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
