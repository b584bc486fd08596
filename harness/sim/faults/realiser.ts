// How the simulated lane realises a kind of fault. Each kind has one file here, and realisers.ts lists them all.
import type { Role } from '../../../src/contract/message.ts';
import type { Store } from '../../../src/contract/store.ts';
import type { Impossible } from '../../execution/refusal.ts';
import type { Link } from '../link.ts';
import type { SimProcess } from '../processes.ts';
import type { SimProvider } from '../provider.ts';
import type { World } from '../world.ts';

/** The parts of a run that faults act on. */
export interface FaultReach {
  readonly world: World;
  readonly link: Link;
  readonly provider: SimProvider;
  /** The rig's own connection to the store. */
  readonly rig: Store;
  readonly processes: Readonly<Record<Role, readonly SimProcess[]>>;
}

/** A fault of the scenario, its index there, and the parts of the run that it acts on. */
export interface RunningFault<F> extends FaultReach {
  readonly fault: F;
  readonly index: number;
}

/** The fault is in force from `apply` to `heal`. The nemesis calls both and notes when. */
export interface InForce<F> {
  readonly when: 'in-force';
  apply(running: RunningFault<F>): void;
  heal(running: RunningFault<F>): void;
}

/** The fault is one action, which cannot be healed. The nemesis calls it and notes when. */
export interface Momentary<F> {
  readonly when: 'at-once';
  apply(running: RunningFault<F>): Promise<void>;
}

/** The fault waits for its trigger in a run. The realiser itself notes when the trigger came. */
export interface Triggered<F> {
  readonly when: 'triggered';
  /** Starts to wait for the trigger. The returned function ends the wait, and also the effect of the fault if the trigger has come. */
  arm(running: RunningFault<F>): () => void;
}

/** The nemesis applies nothing: actions of the schedule or the data of the run make the fault. */
export interface DoneElsewhere {
  readonly when: 'elsewhere';
  /** Where in the code, for readers only. */
  readonly where: string;
}

/** How the lane realises faults of one kind. */
export type SimRealiser<F> = InForce<F> | Momentary<F> | Triggered<F> | DoneElsewhere | Impossible;
