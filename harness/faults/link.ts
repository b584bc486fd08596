// What the faults of the link between the two systems share: their place, their window, the phases they disturb and what they excuse.
import type * as fc from 'fast-check';
import { type FaultDraft, type FaultWindow, type LabelDefinition, NO_DELAY, type RoomyScenario } from './definition.ts';
import { decided, draftsOf, PLAIN_WINDOW, SAMPLE_WINDOW, stream, STREAMS, windowActions, windowed } from './fields.ts';

/** The place of every fault of the link. */
export const LINK = 'link';

/** The common fields of faults that act on requests or on answers. */
export const streamFields = { stream, ...decided, ...windowed };

/** The common definition of faults of the link: in force during a window, without delay, no obstacle. A kind can override each field. */
export const LINK_FAULT = {
  place: () => LINK,
  window: (fault: FaultWindow) => fault,
  actions: windowActions,
  longestDelay: () => NO_DELAY,
  obstacle: () => undefined,
  plainNumbers: PLAIN_WINDOW,
  moved: <F extends FaultWindow>(fault: F, byMs: number): F => ({ ...fault, untilMs: fault.untilMs + byMs }),
  spaced: <F extends FaultWindow>(fault: F, { untilMs }: RoomyScenario): F => ({ ...fault, untilMs }),
};

/** The labels of a kind of fault that acts on requests or on answers. */
export function linkLabels(kind: string): readonly LabelDefinition[] {
  const known = { causesAmbiguity: true, preventsSending: false };
  return [
    { label: `${kind} upstream`, phases: ['P2', 'P3', 'P10'], ...known },
    { label: `${kind} downstream`, phases: ['P9', 'P10'], ...known },
  ];
}

/** Drafts of faults of the link. */
export function linkDrafts<F>(faults: fc.Arbitrary<F>): fc.Arbitrary<FaultDraft<F>> {
  return draftsOf(faults, () => LINK);
}

/** The samples of a kind of fault, one for each stream. `numbersOf` returns the other fields of the kind. */
export function streamSamples<K extends string, N extends object>(kind: K, numbersOf: (variant: number) => N) {
  return STREAMS.map((way) => ({
    title: `${kind} ${way}`,
    modes: ['ON', 'SHADOW'] as const,
    make: (variant: number) => ({ kind, stream: way, ...numbersOf(variant), ...SAMPLE_WINDOW }),
  }));
}
