// How the live lane realises a kind of fault. Each kind has one file here, and realisers.ts lists them all.
import type { Impossible } from '../../execution/refusal.ts';
import type { Fault } from '../../formats/fault.ts';
import type { RunRecorder } from '../run-recorder.ts';
import type { Slot } from '../slot.ts';

/** A fault of the scenario, its place there, and what it works on. */
export interface RunningFault<F> {
  readonly fault: F;
  readonly index: number;
  readonly slot: Slot;
  readonly recorder: RunRecorder;
  /** The faults that are in force, this one included while it is. */
  readonly inForce: ReadonlyMap<number, Fault>;
}

/** Two actions of the nemesis, which notes when it did them: the fault is in force in between. */
export interface InForce<F> {
  readonly when: 'in-force';
  apply(running: RunningFault<F>): Promise<void>;
  heal(running: RunningFault<F>): Promise<void>;
}

/** One action of the nemesis, which notes when it did it; nothing is left to undo. */
export interface Momentary<F> {
  readonly when: 'at-once';
  apply(running: RunningFault<F>): Promise<void>;
}

/** It waits for its moment in a run, and notes itself when that came. */
export interface Triggered<F> {
  readonly when: 'triggered';
  /** Waits for its trigger. Disarming ends the wait, and the effect of the fault by then. */
  arm(running: RunningFault<F>): Promise<Armed>;
}

/** A fault that lies in wait. */
export interface Armed {
  disarm(): Promise<void>;
  /** A process was started again: what was in wait for its predecessor lies in wait for it. */
  rearm(): Promise<void>;
}

/** The nemesis has nothing to apply: it is done by the schedule's own actions, or by the data of the run. */
export interface DoneElsewhere {
  readonly when: 'elsewhere';
  readonly where: string;
}

/** How the lane realises faults of one kind. */
export type LiveRealiser<F> = InForce<F> | Momentary<F> | Triggered<F> | DoneElsewhere | Impossible;
