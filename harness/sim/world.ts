// The simulated world of one run: the engine and everything else that the parts of the run share.
import type { Role } from '../../src/contract/message.ts';
import type { Settings } from '../../src/contract/settings.ts';
import type { Anomaly, AnomalyKind } from '../formats/anomaly.ts';
import type { ConnectionState } from '../formats/dump.ts';
import type { Fault } from '../formats/fault.ts';
import type { Scenario } from '../formats/scenario.ts';
import { MICROS_PER_MS } from './clock.ts';
import type { Decider, DecisionSite } from './decide.ts';
import type { Engine } from './engine.ts';
import { equalFault, type Harm } from './equal-fault.ts';
import { EVENTS } from './event-words.ts';
import type { Incarnation } from './incarnation.ts';
import type { RunPlan } from '../execution/run-plan.ts';
import type { SeenAttempt } from '../execution/repeated-request.ts';
import { RandomSource } from './random.ts';
import { Recorder } from './recorder.ts';

/** What a world needs. */
export interface WorldOptions {
  readonly engine: Engine;
  readonly decider: Decider;
  readonly scenario: Scenario;
  readonly plan: RunPlan;
  readonly settings: Readonly<Record<Role, Settings>>;
}

/** The world of one run. */
export class World {
  readonly engine: Engine;
  readonly decider: Decider;
  readonly scenario: Scenario;
  readonly plan: RunPlan;
  readonly settings: Readonly<Record<Role, Settings>>;
  readonly random: RandomSource;
  readonly recorder: Recorder;
  readonly anomalies: Anomaly[] = [];
  /** The faults that decisions equal, in the order in which they happened; they are numbered after the scenario's own. */
  readonly faultsOfDecisions: Fault[] = [];

  /** When the flagged modes were read or changed, and when the run healed its faults, which waits for flips under way; in microseconds. */
  readonly flagUses: number[] = [];

  /** Called when the last byte of an answer has passed the front tap, before the answer wakes the legacy app. */
  readonly answerListeners = new Set<() => void>();

  /** All connections of the run, also those that have ended, for dumps. */
  readonly connections: { state(): ConnectionState | undefined }[] = [];

  /** Called when an attempt to send reaches the provider. */
  readonly attemptListeners = new Set<(attempt: SeenAttempt) => void>();

  constructor(options: WorldOptions) {
    this.engine = options.engine;
    this.decider = options.decider;
    this.scenario = options.scenario;
    this.plan = options.plan;
    this.settings = options.settings;
    this.random = new RandomSource(options.scenario.seed);
    this.recorder = new Recorder(options.engine.clock);
  }

  /** Microseconds since the start of the run. */
  get nowMicros(): number {
    return this.engine.clock.nowMicros;
  }

  /** Makes a decision; see Decider. */
  decide<C extends string>(site: DecisionSite<C>, key: string): C {
    return this.decider.decide(site, key);
  }

  /** Notes that a decision does harm from now on, for `lastsMs`. */
  disturb(harm: Harm, lastsMs = 1): void {
    const atMs = this.nowMicros / MICROS_PER_MS;
    this.addFault(equalFault(harm, { atMs, lastsMs }), lastsMs);
  }

  /** Adds a fault to the history, and notes when it is applied (now) and healed. */
  addFault(fault: Fault, lastsMs: number): void {
    const index = this.scenario.faults.length + this.faultsOfDecisions.length;
    this.faultsOfDecisions.push(fault);
    this.recorder.note({ kind: 'fault-applied', fault: index });
    const healed = (): void => this.recorder.note({ kind: 'fault-healed', fault: index });
    this.engine.schedule(Math.ceil(lastsMs * MICROS_PER_MS), healed, EVENTS.faultEnds);
  }

  /** Wakes a process in an event of its own, now: the engine drops the event if the process has ended, and parks it during a pause. */
  wake(owner: Incarnation, run: () => void, what: string): void {
    this.engine.schedule(0, run, { owner, what });
  }

  /** Makes the rig wait for a span of virtual time, which delays quiescence. */
  sleepMs(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.engine.schedule(Math.max(0, Math.round(ms * MICROS_PER_MS)), resolve);
    });
  }

  /** Adds an anomaly to the result of the run. */
  reportAnomaly(kind: AnomalyKind, message: string): void {
    this.anomalies.push({ kind, message, atMicros: this.nowMicros });
  }
}
