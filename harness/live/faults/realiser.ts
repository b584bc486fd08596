// How the live lane realises a kind of fault. Each kind has one file here, and realisers.ts lists them all.
import type { Impossible } from '../../execution/refusal.ts';
import type { Fault } from '../../formats/fault.ts';
import type { RunRecorder } from '../run-recorder.ts';
import type { Slot } from '../slot.ts';

/** A fault of the scenario, and what its realiser works with. */
export interface RunningFault<F> {
  readonly fault: F;
  /** Its index in the scenario. */
  readonly index: number;
  readonly slot: Slot;
  readonly recorder: RunRecorder;
  /** The faults in force by their index, with this one while it is in force. */
  readonly inForce: ReadonlyMap<number, Fault>;
}

/** A fault that is in force from `apply` to `heal`. The nemesis calls both and records when. */
export interface InForce<F> {
  readonly when: 'in-force';
  apply(running: RunningFault<F>): Promise<void>;
  heal(running: RunningFault<F>): Promise<void>;
}

/** A fault with a single action and nothing to heal. The nemesis performs it and records when. */
export interface Momentary<F> {
  readonly when: 'at-once';
  apply(running: RunningFault<F>): Promise<void>;
}

/** A fault that takes effect at a trigger during the run. The realiser itself records when. */
export interface Triggered<F> {
  readonly when: 'triggered';
  /** Begins to wait for the trigger. */
  arm(running: RunningFault<F>): Promise<Armed>;
}

/** A fault that waits for its trigger. */
export interface Armed {
  /** Stops waiting and, if the fault took effect, ends its effect. */
  disarm(): Promise<void>;
  /** Waits for the new process after a restart, if the fault has not taken effect yet. */
  rearm(): Promise<void>;
}

/** A fault for which the nemesis applies nothing: actions of the schedule or the data of the run realise it. */
export interface DoneElsewhere {
  readonly when: 'elsewhere';
  /** What realises it. */
  readonly where: string;
}

/** How the lane realises faults of one kind. */
export type LiveRealiser<F> = InForce<F> | Momentary<F> | Triggered<F> | DoneElsewhere | Impossible;
