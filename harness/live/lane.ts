// The live lane: real processes, PostgreSQL, TCP faults. It opens the infrastructure, a template database and the slots, proves
// containment in each, and then runs one scenario a slot.
import { setTimeout as sleep } from 'node:timers/promises';
import { availableCores, availableMegabytes } from '../platform/machine-limits.ts';
import { isNetworkCut } from '../platform/network-cut.ts';
import { OnesendError } from '../platform/errors.ts';
import { unlessAborted } from '../platform/unless-aborted.ts';
import type { Executor, RunOutcome } from '../execution/executor.ts';
import { demandPlayable, type Refusal } from '../execution/refusal.ts';
import type { Case } from '../formats/case.ts';
import type { RunsBefore } from '../formats/runs-before.ts';
import type { Scenario } from '../formats/scenario.ts';
import type { SystemDescription } from '../formats/system-description.ts';
import { countOf } from '../history/counted-words.ts';
import { hasOneProvider, proveContainment } from './containment.ts';
import { openEgress } from './egress/egress.ts';
import { assertNoneRefused, egressAnomalies, takeRefused } from './egress/refused.ts';
import { watchForeignSockets } from './foreign-sockets.ts';
import type { Infrastructure, InfrastructureName } from './infrastructure.ts';
import { prepareTemplate } from './lane-template.ts';
import { masked, withMaskedErrors } from './masking.ts';
import { rigMicros } from './observers/clock.ts';
import type { Observatory } from './observers/observatory.ts';
import { type Opening, openServers, openTogether } from './opening.ts';
import { nameRoles } from './run-names.ts';
import { describedRefusal } from './refusal.ts';
import { type LaneContext, runContext, runInSlot } from './scenario-run.ts';
import { resourcePool } from './resource-pool.ts';
import type { WireMutant } from './sabotage/wire-mutant.ts';
import { openSlot, type Slot, type SlotSurroundings } from './slot.ts';
import { slotPool } from './slot-pool.ts';

/** The first scenarios of the slots start spread over this time, which is about the length of a scenario. */
const RAMP_MS = 3_000;
const SLOTS_MAX = 32;
const SLOTS_PER_CORE = 12;
const MEGABYTES_PER_SLOT = 100;
/** The memory of the rig, PostgreSQL and the guard without any slot. */
const MEGABYTES_OF_SERVERS = 250;

/** How to open a live lane. */
export interface LiveLaneOptions {
  readonly description: SystemDescription;
  /** How many scenarios run at once; `auto` derives it from cores and free memory. */
  readonly slots: number | 'auto';
  /** How many runs the caller will have at once at most, if it knows that: the lane opens no more slots. */
  readonly runs?: number | undefined;
  /** The name of the infrastructure to open for this lane, or an open one, which the lane does not close. */
  readonly infrastructure: InfrastructureName | Infrastructure;
  onProgress?(line: string): void;
  /** Ends the opening with an InterruptedError. It has no effect on an open lane, which the caller closes. */
  readonly signal?: AbortSignal;
}

/** A live lane that can also be broken on purpose. */
export interface LiveLane extends Executor {
  /** Ends the observers' thread abruptly. A self-test uses it: the rig must not call a run without observers a pass. */
  killObservers(): Promise<void>;
  /** The same slots, with a wire mutant in every run. */
  sabotagedBy(mutant: WireMutant): Executor;
}

/** The pause between two flights of the canaries. */
const SETTLE_MS = 1_000;
/** The pause before the last flight: the machine may be loaded. */
const LAST_SETTLE_MS = 5_000;

/** Twelve slots per core, because a scenario mostly waits; fewer if memory is short, and never more than 32. */
export function defaultSlots(megabytes = availableMegabytes(), cores = availableCores()): number {
  const byMemory = Math.floor((megabytes - MEGABYTES_OF_SERVERS) / MEGABYTES_PER_SLOT);
  return Math.max(1, Math.min(SLOTS_PER_CORE * cores, byMemory, SLOTS_MAX));
}

/**
 * Opens a live lane. If it fails, everything that was started is ended again. Throws a ContainmentError if a canary did not reach the
 * provider stub, a SystemDescriptionError for a bad description, and an InfrastructureError if a server or a process does not start.
 */
export async function openLiveLane(options: LiveLaneOptions): Promise<LiveLane> {
  const { credentials } = options.description;
  return withMaskedErrors(credentials, () => openTogether(options, (opening) => openOn(options, opening)));
}

async function openOn(options: LiveLaneOptions, opening: Opening): Promise<LiveLane> {
  const { onProgress } = options;
  const count = slotCount(options);
  const { infrastructure, observatory } = await openServers(
    { ...options, slots: count, workers: workersOf(options.description) },
    opening,
  );
  const description = nameRoles(options.description, infrastructure.names);
  const template = await prepareTemplate(infrastructure.postgres, {
    name: infrastructure.names.template,
    description,
    guard: opening.guard,
  });
  const egress = await openEgress(description, opening.guard);
  const shared = {
    egress,
    description,
    infrastructure,
    observatory,
    guard: opening.guard,
    passwords: template.passwords,
  };

  const each = 'a legacy app and a service in each, and a canary down each path';
  onProgress?.(`starting ${countOf(count, 'slot')} of ${description.name}: ${each}`);
  const context = runContext(shared, template.privileges);
  const slots = await openSlots(shared, { count, context, opening });
  const refusal = (tried: Case): Refusal | undefined => describedRefusal(description, tried);
  return lane({ slots, context, infrastructure, observatory, refusal, close: opening.close });
}

/** How many further commands (`also`) run beside the two processes of a pair. */
function workersOf({ processes: { legacy, service } }: SystemDescription): number {
  return legacy.also.length + service.also.length;
}

/** How many slots a lane opens. Only one slot can use a fixed port, and opening a slot that no run needs wastes time. */
export function slotCount({ description, slots, runs = Number.POSITIVE_INFINITY }: SlotDemand): number {
  const { legacy, service } = description.processes;
  if (legacy.port !== undefined || service.port !== undefined) return 1;
  return Math.max(1, Math.min(slots === 'auto' ? defaultSlots() : slots, runs));
}

type SlotDemand = Pick<LiveLaneOptions, 'slots' | 'runs'> & {
  readonly description: Pick<SystemDescription, 'processes'>;
};

/** How to open the slots of a lane. */
interface SlotsToOpen {
  readonly count: number;
  readonly context: LaneContext;
  readonly opening: Opening;
}

/**
 * Opens all slots. Only as many slots as there are cores start their systems at the same time, and each sends its canaries as soon as its
 * systems serve. If all started at the same time, they would take just as long, and their canaries would miss their time budgets together.
 */
async function openSlots(shared: SlotSurroundings, { count, context, opening }: SlotsToOpen): Promise<Slot[]> {
  const { closers, over } = opening;
  const endAllOnError = async <T>(work: () => Promise<T>): Promise<T> => {
    over.signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      over.abort(error);
      throw error;
    }
  };
  const turns = resourcePool(Array.from({ length: availableCores() }, (_, index) => index));
  const unjudged = { ...context, quiescenceMsMin: 0 };
  const open = async (number: number): Promise<Slot> => {
    const slot = await openSlot(number, shared);
    closers.push(() => slot.close());
    await turns.use(() => endAllOnError(() => slot.start()));
    const proof = proveContainment({
      run: (scenario) => runInSlot(slot, scenario, unjudged),
      settle: (isLast) => sleep(isLast ? LAST_SETTLE_MS : SETTLE_MS, undefined, { signal: over.signal }),
      hasOneProvider: hasOneProvider(shared.description),
      watch: () => watchForeignSockets(() => Object.values(slot.processes).flatMap((process) => process.pids())),
      loggedInFiles: () => Object.values(slot.processes).flatMap((process) => process.loggedInFiles()),
      onProgress: (line) => opening.onProgress(line),
    });
    // A refused host explains missing canaries better. If the canaries arrived anyway, it becomes an anomaly of the slot's first run.
    await proof.catch((error: unknown) => {
      assertNoneRefused(shared.description.name, takeRefused(slot));
      throw error;
    });
    return slot;
  };
  const outcomes = await Promise.allSettled(
    Array.from({ length: count }, (_, index) => endAllOnError(() => open(index + 1))),
  );
  over.signal.throwIfAborted();
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

interface LaneParts {
  readonly slots: readonly Slot[];
  readonly context: LaneContext;
  readonly infrastructure: Infrastructure;
  readonly observatory: Observatory;
  refusal(tried: Case): Refusal | undefined;
  close(): Promise<void>;
}

function lane(parts: LaneParts): LiveLane {
  const { slots } = parts;
  const inFreeSlot = slotPool(slots, RAMP_MS / slots.length);
  let closing: Promise<void> | undefined;
  const executor = (mutant?: WireMutant): Executor => ({
    lane: 'live',
    capacity: slots.length,
    isDeterministic: false,
    refusal: parts.refusal,
    // An aborted caller stops waiting, but the slot stays in use until its scenario has really ended.
    async run(tried, { signal, after } = {}) {
      demandPlayable(parts, [tried]);
      const { scenario } = tried;
      return unlessAborted(
        inFreeSlot(async (slot) =>
          signal?.aborted === true ? ABORTED : runSafely(slot, { scenario, after }, { ...parts.context, mutant }),
        ),
        signal,
        () => ABORTED,
      );
    },
    describe: () => ({
      ...parts.infrastructure.describe(),
      slots: String(slots.length),
      ...(isNetworkCut() ? { network: 'cut' } : {}),
    }),
    async close() {
      closing ??= parts.close();
      await closing;
    },
  });
  return { ...executor(), killObservers: () => parts.observatory.kill(), sabotagedBy: executor };
}

const ABORTED: RunOutcome = { kind: 'infrastructure', message: 'the run was aborted' };

interface RunRequest {
  readonly scenario: Scenario;
  /** The runs that freshly started processes must have behind them; undefined if the slot's processes are used as they are. */
  readonly after: RunsBefore | undefined;
}

/** Runs a scenario. An error becomes an outcome, and the slot's processes are restarted, so that the next scenario finds them intact. */
async function runSafely(slot: Slot, { scenario, after }: RunRequest, context: LaneContext): Promise<RunOutcome> {
  try {
    if (after !== undefined) {
      await restartProcesses(slot);
      for (const before of after.batches.flat()) await runInSlot(slot, before.scenario, context);
    }
    const place = { slot: slot.number, run: slot.runs };
    const beganMicros = rigMicros();
    const history = await runInSlot(slot, scenario, context);
    const anomalies = egressAnomalies(takeRefused(slot), beganMicros);
    return { kind: 'history', history, deviations: [], anomalies, place };
  } catch (error) {
    const message = error instanceof OnesendError || error instanceof Error ? error.message : String(error);
    await restartProcesses(slot).catch(() => undefined);
    return { kind: 'infrastructure', message: masked(`slot ${slot.number}: ${message}`, slot.description.credentials) };
  }
}

async function restartProcesses(slot: Slot): Promise<void> {
  await Promise.all(
    Object.values(slot.processes).map(async (process) => {
      await process.stop();
      await process.start();
    }),
  );
}
