// A receipt: the proof that a planned fault took effect, or the reason why there is no proof.
import type { Fault } from '../../formats/fault.ts';
import type { HistoryEvent } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';

/**
 * `bit`: the fault took effect, because observers on its two sides disagree as the fault predicts. `idle`: nothing happened that had to
 * show its effect. `missing`: something happened that had to show its effect and did not, so the fault was not applied.
 */
type ReceiptState = 'bit' | 'idle' | 'missing';

/** The receipt of one planned fault. */
export interface Receipt {
  /** The fault's index in the scenario. */
  readonly fault: number;
  /** The label of the fault, for example `latency downstream`. */
  readonly kind: string;
  readonly state: ReceiptState;
  /** One sentence: what the observers saw. */
  readonly evidence: string;
  /** The `seq` of the events that show it, in order. */
  readonly witnesses: readonly number[];
}

/** What one event or call, or all of them, show about a fault. */
export interface ReceiptEvidence {
  readonly state: ReceiptState;
  readonly evidence: string;
  readonly witnesses: readonly HistoryEvent[];
}

/** One planned fault of a history. */
export interface PlannedFault<F extends Fault = Fault> {
  readonly history: History;
  readonly index: number;
  readonly fault: F;
}

/** The effect was seen. */
export function tookEffect(evidence: string, witnesses: readonly (HistoryEvent | undefined)[]): ReceiptEvidence {
  return evidenceOf('bit', evidence, witnesses);
}

/** The effect had to be seen and was not. */
export function missing(evidence: string, witnesses: readonly (HistoryEvent | undefined)[]): ReceiptEvidence {
  return evidenceOf('missing', evidence, witnesses);
}

/** Nothing happened that had to show the effect. */
export function idle(evidence: string): ReceiptEvidence {
  return evidenceOf('idle', evidence, []);
}

/** The decisive evidence: the first effect that was seen or, without one, the first effect that is missing; else idle, for this reason. */
export function strongest(evidences: readonly (ReceiptEvidence | undefined)[], otherwise: string): ReceiptEvidence {
  return (
    evidences.find((seen) => seen?.state === 'bit') ??
    evidences.find((seen) => seen?.state === 'missing') ??
    idle(otherwise)
  );
}

function evidenceOf(
  state: ReceiptState,
  evidence: string,
  witnesses: readonly (HistoryEvent | undefined)[],
): ReceiptEvidence {
  return { state, evidence, witnesses: witnesses.filter((event) => event !== undefined) };
}
