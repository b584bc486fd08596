// The port between the script of a run and the lane that performs it. What may differ between the lanes is said here, with the reason;
// everything else of a run is in play.ts, once.
import type { Role } from '../../src/contract/message.ts';
import type { EventKind, EventOf } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import type { PlannedItem } from './run-plan.ts';
import type { UserAnswer } from './user.ts';

/**
 * The least time between the last action and the judgement of loss.
 *
 * Live: 2 s, which the host really waits in every run: the longest undisturbed work, a provider call that times out, takes 1 s, and a
 * loaded host may double that.
 *
 * Sim: 5 s, longer than anything that a single decision delays, so that a decision that changes nothing does not move the cut either.
 * Virtual time costs nothing.
 */
export const QUIESCENCE_MS_MIN = { live: 2_000, sim: 5_000 } as const;

/** The events that the script itself observes. */
type ScriptEventKind = 'trigger' | 'user-response' | 'flip' | 'recover' | 'reconciliation' | 'quiescent';

/** An event of the script, without its observer, time and place in the history. */
export type ScriptEvent = {
  [K in ScriptEventKind]: Omit<EventOf<K & EventKind>, 'seq' | 'observer' | 'earliest' | 'latest'>;
}[ScriptEventKind];

/** Between which moments of the lane's clock something happened, in microseconds. */
export interface ClockSpan {
  readonly fromMicros: number;
  readonly toMicros: number;
}

/** The numbers that the script waits by, in milliseconds. */
export interface StageTimings {
  readonly budgetMs: number;
  readonly leaseMs: number;
  readonly surfaceAfterMs: number;
  readonly providerTimeoutMs: number;
  /** The least time of rest before loss is judged; 0 for a run whose end is not judged. */
  readonly quiescenceMsMin: number;
}

/** One lane, as the script of one run sees it. */
export interface Stage {
  readonly timings: StageTimings;
  /** The faults of the scenario, and those that decisions of the lane amounted to. */
  readonly faults: readonly Fault[];

  /** Puts the data of the run in place and notes what is there: balances and privileges. */
  prepare(): Promise<void>;
  /** The scenario's clock shows 0 from here on. */
  startClock(): void;
  /** The time on the lane's own clock. */
  nowMicros(): number;
  /** Waits until the scenario's clock shows so many milliseconds. */
  until(atMs: number): Promise<void>;
  /** Lets time pass. */
  sleepMs(ms: number): Promise<void>;
  /**
   * Returns once nothing of the systems is under way any more. The sim sees whether that is so, and lets no more time pass than it
   * takes. The live lane cannot look inside processes, so it waits for `boundMs`, within which all work that the script knows of ends.
   */
  rest(boundMs: number): Promise<void>;

  /** Notes something that happened at one moment, now unless a time is given. */
  note(event: ScriptEvent, atMicros?: number): void;
  /** Notes something that happened between two moments. */
  span(event: ScriptEvent, span: ClockSpan): void;
  /** Notes how many units each tenant has. */
  noteBalances(): Promise<void>;

  /**
   * Puts a fault of the scenario in force. A fault of the network or of the provider is in force when this returns. A planted breaker is
   * committed by then on the live lane. On the sim it is committed 150 microseconds later, which is earlier than a request made at the
   * same moment can reach the database; to wait for it would move the actions that follow, as virtual time passes only while something
   * is awaited.
   */
  apply(fault: number): Promise<void>;
  heal(fault: number): Promise<void>;
  crash(role: Role): Promise<void>;
  /** Asks a process to end, and kills it if it does not within the grace. Resolves once it has ended. */
  terminate(role: Role, graceMs: number): Promise<void>;
  restart(role: Role): Promise<void>;
  /**
   * Ends all that disturbs: heals what is still in force and starts what is down. Decisions of the sim may disturb until both systems
   * are idle, so the sim rests first; the live lane makes no decisions and has nothing to wait for.
   */
  endFaults(): Promise<void>;

  /** Flags a tenant's mode anew. */
  flagMode(tenantId: number, mode: string): Promise<void>;
  /** A user triggers a campaign. */
  trigger(campaign: { readonly campaignId: number; readonly tenantId: number }): Promise<UserAnswer>;
  /** Asks for one round of recovery; undefined when the system has no such command. */
  recover(): Promise<UserAnswer | undefined>;
  /** Asks for the mismatches between the two logs; undefined when the system has no such command. */
  reconcile(): Promise<UserAnswer | undefined>;
  /** Makes the two logs disagree about an item. */
  tamper(item: PlannedItem, mismatch: Extract<Fault, { kind: 'tamper' }>['mismatch']): Promise<void>;
}
