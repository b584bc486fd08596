// What a receipt is: proof that a planned fault bit, or the reason why there is none.
import type { Fault } from '../formats/fault.ts';
import type { HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';

/**
 * `bit`: observers on both sides of the fault disagree in the way it says. `idle`: nothing passed that had to show it. `missing`:
 * something passed that had to show it and did not, so the fault was not applied.
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

/** What one event or call says about a fault. */
export interface Sighting {
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

/** A sighting of an effect. */
export function bit(evidence: string, witnesses: readonly (HistoryEvent | undefined)[]): Sighting {
  return sighting('bit', evidence, witnesses);
}

/** A sighting of an effect that had to be there and is not. */
export function missing(evidence: string, witnesses: readonly (HistoryEvent | undefined)[]): Sighting {
  return sighting('missing', evidence, witnesses);
}

/** Nothing to be seen, and nothing that had to be. */
export function idle(evidence: string): Sighting {
  return sighting('idle', evidence, []);
}

/** The sighting that counts: one effect proves the fault applied, one certain lack of it that it was not. */
export function strongest(sightings: readonly (Sighting | undefined)[], otherwise: string): Sighting {
  return (
    sightings.find((seen) => seen?.state === 'bit') ??
    sightings.find((seen) => seen?.state === 'missing') ??
    idle(otherwise)
  );
}

function sighting(state: ReceiptState, evidence: string, witnesses: readonly (HistoryEvent | undefined)[]): Sighting {
  return { state, evidence, witnesses: witnesses.filter((event) => event !== undefined) };
}
