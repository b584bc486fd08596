// What the faults of the link between the two systems share: their place, the phases they aim at, and what they excuse.
import type { LabelDefinition } from './definition.ts';

/** The place of every fault of the link. */
export const LINK = 'link';

/** The labels of a kind of fault that acts on requests or on answers. */
export function linkLabels(kind: string): readonly LabelDefinition[] {
  const known = { causesAmbiguity: true, preventsSending: false };
  return [
    { label: `${kind} upstream`, phases: ['P2', 'P3', 'P10'], ...known },
    { label: `${kind} downstream`, phases: ['P9', 'P10'], ...known },
  ];
}
