// The functions by which the rig judges a history. checkers-oracle.ts has the real ones; tests script their own.
import type { Fault } from '../formats/fault.ts';
import type { CheckResult } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';

/** The result of one checker, with what happened to the checker itself. */
export type PropertyResult = CheckResult & {
  /** False when the history lacks a vantage of the property: NOT OBSERVED. */
  readonly observed: boolean;
  /** The message of the error that the checker threw. When it is present, the other fields have no meaning. */
  readonly crashed?: string;
};

/** Whether a fault took effect. `bit`: it did; `idle`: it had nothing to act on; `missing`: it had, and no observer saw an effect. */
export interface FaultReceipt {
  /** The label by which evidence counts faults of this kind. */
  readonly kind: string;
  readonly state: 'bit' | 'idle' | 'missing';
}

/** Pure functions over a history. */
export interface Oracle {
  judge(history: History): readonly PropertyResult[];
  /** One receipt a fault, in the order of the scenario. */
  receipts(history: History): readonly FaultReceipt[];
  label(fault: Fault): string;
}
