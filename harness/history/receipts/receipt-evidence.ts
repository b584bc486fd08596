// What a receipt is: proof that a planned fault took effect, or the reason why there is none.
import type { Fault } from '../../formats/fault.ts';
import type { HistoryEvent } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';

/**
 * `bit`: observers on both sides of the fault disagree in the way it says: it took effect. `idle`: nothing passed that had to show it.
 * `missing`: something passed that had to show it and did not, so the fault was not applied.
 */
type ReceiptState = 'bit' | 'idle' | 'missing';

/** The receipt of one planned fault. */
export interface Receipt {
  /** The fault's place in the scenario. */
  readonly fault: number;
  /** The label of the fault, for example `latency downstream`. */
  readonly kind: string;
  readonly state: ReceiptState;
  /** One sentence: what the observers saw. */
  readonly evidence: string;
  /** The `seq` of the events that show it, in order. */
  readonly witnesses: readonly number[];
}

/** What one event or call, or all of them, say about a fault. */
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

/** There was nothing to be seen, and nothing had to be. */
export function idle(evidence: string): ReceiptEvidence {
  return evidenceOf('idle', evidence, []);
}

/** The evidence that counts: one effect proves that the fault was applied, one certain lack of it that it was not. */
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
