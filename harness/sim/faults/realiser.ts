// How the simulated lane realises a kind of fault. Each kind has one file here, and realisers.ts lists them all.
import type { Role } from '../../../src/contract/message.ts';
import type { Store } from '../../../src/contract/store.ts';
import type { Impossible } from '../../execution/refusal.ts';
import type { Link } from '../link.ts';
import type { SimProcess } from '../processes.ts';
import type { SimProvider } from '../provider.ts';
import type { World } from '../world.ts';

/** What faults work on. */
export interface FaultReach {
  readonly world: World;
  readonly link: Link;
  readonly provider: SimProvider;
  /** The rig's own connection to the store. */
  readonly rig: Store;
  readonly processes: Readonly<Record<Role, readonly SimProcess[]>>;
}

/** A fault of the scenario, its place there, and what it works on. */
export interface RunningFault<F> extends FaultReach {
  readonly fault: F;
  readonly index: number;
}

/** Two actions of the nemesis, which notes when it did them: the fault is in force in between. */
export interface InForce<F> {
  readonly when: 'in-force';
  apply(running: RunningFault<F>): void;
  heal(running: RunningFault<F>): void;
}

/** One action of the nemesis, which notes when it did it; nothing is left to undo. */
export interface Momentary<F> {
  readonly when: 'at-once';
  apply(running: RunningFault<F>): Promise<void>;
}

/** It waits for its moment in a run, and notes itself when that came. */
export interface Triggered<F> {
  readonly when: 'triggered';
  /** Waits for its trigger. The answer ends the wait, and the effect of the fault by then. */
  arm(running: RunningFault<F>): () => void;
}

/** The nemesis has nothing to apply: it is done by the schedule's own actions, or by the data of the run. */
export interface DoneElsewhere {
  readonly when: 'elsewhere';
  readonly where: string;
}

/** How the lane realises faults of one kind. */
export type SimRealiser<F> = InForce<F> | Momentary<F> | Triggered<F> | DoneElsewhere | Impossible;
