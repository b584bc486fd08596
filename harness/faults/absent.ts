// Faults that a system cannot have, as its description declares them: by kind, or by label where only some faults of a kind are meant.
import { type Fault, FAULT_LABELS, FAULTS, faultLabel } from './catalogue.ts';

/** What may be declared absent. */
export const FAULT_NAMES: readonly string[] = [
  ...new Set([...Object.keys(FAULTS), ...FAULT_LABELS.map(({ label }) => label)]),
];

/** Whether a fault is among those that were declared absent. */
export function isAbsent(fault: Fault, absent: readonly string[]): boolean {
  return absent.includes(fault.kind) || absent.includes(faultLabel(fault));
}
