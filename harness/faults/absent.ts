// Faults that cannot happen to a system. Its description declares them by kind, or by label if only some faults of the kind are meant.
import { type Fault, FAULT_LABELS, FAULTS, faultLabel } from './catalogue.ts';

/** The names that a description can declare absent: all kinds and labels. */
export const FAULT_NAMES: readonly string[] = [
  ...new Set([...Object.keys(FAULTS), ...FAULT_LABELS.map(({ label }) => label)]),
];

/** Whether the kind or the label of a fault is in `absent`. */
export function isAbsent(fault: Fault, absent: readonly string[]): boolean {
  return absent.includes(fault.kind) || absent.includes(faultLabel(fault));
}
