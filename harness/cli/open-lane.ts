// Opens the lane that the flags name while a command uses it, and closes it even if the command fails.
import { relative } from 'node:path';
import { findConfig } from '../adapters/find-config.ts';
import { loadSystem, type LoadedSystem } from '../adapters/load-system.ts';
import { availableCores } from '../platform/machine-limits.ts';
import { refusalOfCredentials } from '../formats/credential.ts';
import { InterruptedError, UsageError } from '../platform/errors.ts';
import type { System } from '../../src/contract/system.ts';
import type { Executor } from '../execution/executor.ts';
import type { LiveLane } from '../live/lane.ts';
import { openWorkerPool } from '../sim/explore/thread-pool.ts';
import { ignoreCallerVariables } from '../live/caller-variables.ts';
import type { CommandContext } from './command.ts';
import type { LaneFlags } from './flags.ts';
import { SYSTEMS } from './systems.ts';

/** An open lane with its system. */
export interface OpenedLane {
  readonly executor: Executor;
  readonly system: LoadedSystem;
}

/** The system, and the flags that choose its lane. */
export interface LaneRequest {
  readonly system: string | LoadedSystem;
  readonly flags: LaneFlags;
  /** The number of runs, if it is known: no more slots or workers than that are opened. */
  readonly runs?: number | undefined;
  readonly context: CommandContext;
}

/** The flags of the live lane. */
interface LiveRequest {
  readonly flags: Pick<LaneFlags, 'infra' | 'slots'>;
  readonly runs?: number | undefined;
  readonly context: Pick<CommandContext, 'screen' | 'signal'>;
}

/**
 * The system of a command: the one that is named, else the file of the nearest configuration, else the reference. In CI it throws a
 * UsageError instead of taking the reference, because a green job for Onesend's own example would say nothing about the user's pair.
 */
export function systemOrConfig(named: string | undefined, { folder, screen, environment }: CommandContext): string {
  if (named !== undefined) return named;
  const config = findConfig(folder);
  if (config !== undefined) {
    const shown = relative(process.cwd(), config);
    screen.note(`system: ${shown}`);
    return shown;
  }
  const missing = `no configuration in ${folder} or above it`;
  if (isCi(environment)) {
    throw new UsageError(`${missing}: expected one, or --system`, {
      hint: "run it in or below the folder of the configuration, or write one with `onesend init`; `--system reference` takes Onesend's own example",
    });
  }
  screen.note(`system: reference, Onesend's own example; ${missing}`);
  return 'reference';
}

function isCi({ CI = '' }: NodeJS.ProcessEnv): boolean {
  return !['', '0', 'false'].includes(CI);
}

/** Loads a system by its name or file. */
export function loadNamed(system: string): Promise<LoadedSystem> {
  return loadSystem(system, SYSTEMS);
}

async function openLane(
  system: LoadedSystem,
  { flags, runs, context: { screen, signal } }: Omit<LaneRequest, 'system'>,
): Promise<Executor> {
  if (flags.lane === 'both') throw new UsageError("--lane both: expected one lane here, 'live' or 'sim'");
  if (flags.lane === 'sim') {
    const workers = Math.min(availableCores(), runs ?? 1);
    return (await openWorkerPool(assemblyOf(system), { workers })).asExecutor();
  }
  return openLive(system, { flags, runs, context: { screen, signal } });
}

/** Throws a SystemDescriptionError for credentials that look real, before anything starts. */
async function openLive(
  system: LoadedSystem,
  { flags, runs, context: { screen, signal } }: LiveRequest,
): Promise<LiveLane> {
  const refusal = refusalOfCredentials(system.description.name, system.description.credentials);
  if (refusal !== undefined) throw refusal;
  ignoreCallerVariables(flags.infra);
  // Loaded here, so that commands that do not open the lane start faster.
  const { openLiveLane } = await import('../live/lane.ts');
  return openLiveLane({
    description: system.description,
    infrastructure: flags.infra,
    slots: flags.slots,
    runs,
    signal,
    onProgress: (line) => screen.status(line),
  });
}

/** The assembly that the sim lane runs. Throws a UsageError for a described pair. */
export function assemblyOf({ assembly, description }: LoadedSystem): System {
  if (assembly !== undefined) return assembly;
  throw new UsageError(`the sim lane is NOT AVAILABLE for ${description.name}: ${NO_SIM}`);
}

/** Why the sim lane cannot run a system. */
export const NO_SIM = 'it is described, not assembled from parts, so it cannot be loaded into the process of the rig';

/** Runs `work` on a lane for the system. Throws an InterruptedError after a signal while the lane opened. */
export async function withLane<T>(request: LaneRequest, work: (opened: OpenedLane) => Promise<T>): Promise<T> {
  const system = typeof request.system === 'string' ? await loadNamed(request.system) : request.system;
  return withOpen(await openLane(system, request), request, (executor) => work({ executor, system }));
}

/** Runs `work` on the live lane, as `withLane` does. */
export async function withLiveLane<T>(
  { system, ...request }: LiveRequest & { readonly system: LoadedSystem },
  work: (lane: LiveLane) => Promise<T>,
): Promise<T> {
  return withOpen(await openLive(system, request), request, work);
}

async function withOpen<L extends Executor, T>(
  executor: L,
  { context: { screen, signal } }: Pick<LiveRequest, 'context'>,
  work: (executor: L) => Promise<T>,
): Promise<T> {
  try {
    if (signal.aborted) throw new InterruptedError('interrupted before anything ran');
    return await work(executor);
  } finally {
    screen.status('ending processes');
    // An error while closing does not change the result; the guard ends processes that are left.
    await executor
      .close()
      .catch((error: unknown) => screen.note(`warning: the lane did not close cleanly: ${String(error)}`));
    screen.clearStatus();
  }
}
