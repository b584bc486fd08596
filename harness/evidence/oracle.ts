// What the runner asks about a history. The real answers come from checkers-oracle.ts; tests script their own.
import type { Fault } from '../formats/fault.ts';
import type { CheckResult } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';

/** A checker's result with what befell the checker: a property may be out of sight, and a checker may itself be broken. */
export type PropertyJudgement = CheckResult & { readonly observed: boolean; readonly crashed?: string };

/** Whether a fault bit: `missing` means that it had traffic and no observer saw any effect. */
export interface FaultReceipt {
  /** The label of the kind of fault, as evidence is counted. */
  readonly kind: string;
  readonly state: 'bit' | 'idle' | 'missing';
}

/** Pure functions over a history. */
export interface Oracle {
  judge(history: History): readonly PropertyJudgement[];
  receipts(history: History): readonly FaultReceipt[];
  label(fault: Fault): string;
}
