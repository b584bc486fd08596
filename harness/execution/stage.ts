// The port between the script of a run and the lane that performs it. Its comments say where the lanes differ, and why; everything else
// about a run is in play.ts, once.
import type { Role } from '../../src/contract/message.ts';
import type { EventKind, EventOf } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import type { PlannedItem } from './run-plan.ts';
import type { UserAnswer } from './user.ts';

/**
 * The shortest time between the last action and the judgement of loss, in milliseconds.
 *
 * Live: 2 s of real time in every run. The longest work without faults, a provider call that times out, takes 1 s, and a loaded host can
 * double that.
 *
 * Sim: 5 s of virtual time, which costs nothing. It is longer than the delay of any single decision, so a decision without any other
 * effect does not move the moment of judgement either.
 */
export const QUIESCENCE_MS_MIN = { live: 2_000, sim: 5_000 } as const;

/** The events that the script itself observes. */
type ScriptEventKind = 'trigger' | 'user-response' | 'flip' | 'recover' | 'reconciliation' | 'quiescent';

/** An event of the script, without its observer, time and place in the history. */
export type ScriptEvent = {
  [K in ScriptEventKind]: Omit<EventOf<K & EventKind>, 'seq' | 'observer' | 'earliest' | 'latest'>;
}[ScriptEventKind];

/** The interval in which something happened, in microseconds of the lane's clock. */
export interface ClockSpan {
  readonly fromMicros: number;
  readonly toMicros: number;
}

/** The times that the script's waits depend on, in milliseconds. */
export interface StageTimings {
  readonly budgetMs: number;
  readonly leaseMs: number;
  readonly surfaceAfterMs: number;
  readonly providerTimeoutMs: number;
  /** The shortest wait before loss is judged; 0 for a run whose end is not judged. */
  readonly quiescenceMsMin: number;
}

/** One lane, as the script of one run sees it. */
export interface Stage {
  readonly timings: StageTimings;
  /** The faults of the scenario, and those that decisions of the lane were equivalent to. */
  readonly faults: readonly Fault[];

  /** Seeds the data of the run, and records the first balances. */
  prepare(): Promise<void>;
  /** Starts the scenario's clock at 0. */
  startClock(): void;
  /** The time on the lane's own clock. */
  nowMicros(): number;
  /** Waits until the scenario's clock shows `atMs`. */
  until(atMs: number): Promise<void>;
  sleepMs(ms: number): Promise<void>;
  /**
   * Returns once both systems are idle. The sim sees when they are, and waits no longer. The live lane cannot look inside processes, so it
   * waits for `boundMs`, within which all work that the script knows of ends.
   */
  rest(boundMs: number): Promise<void>;

  /** Records an event that happened at one moment: now, unless a time is given. */
  note(event: ScriptEvent, atMicros?: number): void;
  /** Records an event that happened between two moments. */
  span(event: ScriptEvent, span: ClockSpan): void;
  /** Records how many units each tenant has. */
  noteBalances(): Promise<void>;

  /**
   * Applies a fault, by its index in the scenario. A network or provider fault is in force when this returns. By then the live lane has
   * committed a planted breaker. The sim commits it 150 microseconds later, which is before a request made at the same moment can reach the
   * database. The sim does not wait for the commit: virtual time passes only while something is awaited, so waiting would delay the next
   * actions.
   */
  apply(fault: number): Promise<void>;
  heal(fault: number): Promise<void>;
  crash(role: Role): Promise<void>;
  /** Asks a process to end, and kills it when the grace is over. Resolves once it has ended. */
  terminate(role: Role, graceMs: number): Promise<void>;
  restart(role: Role): Promise<void>;
  /**
   * Heals every fault that is still in force and starts every process that is down. The sim first waits until both systems are idle,
   * because its decisions can disturb them until then. The live lane makes no decisions and has nothing to wait for.
   */
  endFaults(): Promise<void>;

  /** Changes the mode flag of a tenant. */
  flagMode(tenantId: number, mode: string): Promise<void>;
  /** A user triggers a campaign. */
  trigger(campaign: { readonly campaignId: number; readonly tenantId: number }): Promise<UserAnswer>;
  /** Runs one round of recovery; undefined when the system has no such command. */
  recover(): Promise<UserAnswer | undefined>;
  /** Runs the reconciliation, which reports mismatches between the two logs; undefined when the system has no such command. */
  reconcile(): Promise<UserAnswer | undefined>;
  /** Makes the two logs disagree about an item. */
  tamper(item: PlannedItem, mismatch: Extract<Fault, { kind: 'tamper' }>['mismatch']): Promise<void>;
}
