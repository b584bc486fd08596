// What the rig asks about a history. The real answers come from checkers-oracle.ts; tests script their own.
import type { Fault } from '../formats/fault.ts';
import type { CheckResult } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';

/** The result of one checker, with what happened to the checker itself. */
export type PropertyResult = CheckResult & {
  /** False when the history lacks a vantage of the property: NOT OBSERVED. */
  readonly observed: boolean;
  /** What the checker threw; present only if it failed, and then nothing else here means anything. */
  readonly crashed?: string;
};

/** Whether a fault took effect: `missing` means that it had traffic and no observer saw any effect. */
export interface FaultReceipt {
  /** The label of the kind of fault, as evidence is counted. */
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
