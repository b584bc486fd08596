// Opens the lane that the flags name for as long as a command needs it, and closes it in any case.
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

/** What a command gets to work with. */
export interface OpenedLane {
  readonly executor: Executor;
  readonly system: LoadedSystem;
}

/** What lane is asked for. */
export interface LaneRequest {
  readonly system: string | LoadedSystem;
  readonly flags: LaneFlags;
  /** How many runs there will be at once at most, where that is known. */
  readonly runs?: number | undefined;
  readonly context: CommandContext;
}

/** How the live lane is asked for. */
interface LiveRequest {
  readonly flags: Pick<LaneFlags, 'infra' | 'slots'>;
  readonly runs?: number | undefined;
  readonly context: Pick<CommandContext, 'screen' | 'signal'>;
}

/**
 * The system that a command works with: the one that is named, else the one of the nearest configuration, else the reference. In CI the
 * last is a UsageError: a green job that certified Onesend's own example would say nothing about the pair it was meant for.
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
      hint: "`onesend init` writes one; `--system reference` takes Onesend's own example",
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

/** Opens the lane that the flags name. */
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

/** Opens the live lane. */
async function openLive(
  system: LoadedSystem,
  { flags, runs, context: { screen, signal } }: LiveRequest,
): Promise<LiveLane> {
  const refusal = refusalOfCredentials(system.description.name, system.description.credentials);
  if (refusal !== undefined) throw refusal;
  ignoreCallerVariables(flags.infra);
  // Loaded when it is opened, not to parse flags.
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

/** The system as the sim lane needs it; throws a UsageError for one that is only described. */
export function assemblyOf({ assembly, description }: LoadedSystem): System {
  if (assembly !== undefined) return assembly;
  throw new UsageError(`the sim lane is NOT AVAILABLE for ${description.name}: ${NO_SIM}`);
}

/** Why the sim lane cannot run a system. */
export const NO_SIM = 'it is described, not assembled from parts, so it cannot be loaded into the process of the rig';

/** Runs `work` on a lane for the system. An interrupt while the lane opens ends with InterruptedError. */
export async function withLane<T>(request: LaneRequest, work: (opened: OpenedLane) => Promise<T>): Promise<T> {
  const system = typeof request.system === 'string' ? await loadNamed(request.system) : request.system;
  return withOpen(await openLane(system, request), request, (executor) => work({ executor, system }));
}

/** The same on the live lane. */
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
    // What was found out stands, however the processes end; the guard ends those that would not.
    await executor
      .close()
      .catch((error: unknown) => screen.note(`warning: the lane did not close cleanly: ${String(error)}`));
    screen.clearStatus();
  }
}
