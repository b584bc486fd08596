// The fields and values that several faults share: offsets, windows, streams, processes, and the actions of a window.
import * as fc from 'fast-check';
import { z } from 'zod';
import { ROLES } from '../../src/contract/message.ts';
import type { FaultAction, FaultDraft, FaultWindow } from './definition.ts';

/** Milliseconds from the start of the scenario. */
export const offsetMs = z.int().min(0).max(60_000);

/** The direction: `upstream` for requests, from the legacy app to the service; `downstream` for answers. */
export const stream = z.enum(['upstream', 'downstream']);

/** The legacy app or the service, or its process. */
export const role = z.enum(ROLES);

/** The window [fromMs, untilMs) in which a fault is in force. */
export const windowed = { fromMs: offsetMs, untilMs: offsetMs };

/**
 * The decision of the simulator that this fault replaces in a history: checkers know only the faults of the catalogue, so they judge by
 * the equal fault, while reports show the decision. Only the scenario inside a history has this field; a lane never plays such a fault.
 */
export const decided = { decided: z.exactOptional(z.strictObject({ of: z.string(), what: z.string() })) };

/** The streams, in the order in which strata and random scenarios use them. */
export const STREAMS = ['downstream', 'upstream'] as const;

/** The direction of data: `upstream` to the service, `downstream` back. */
export type Stream = (typeof STREAMS)[number];

/**
 * When windows close: after the calls of the last entry have ended, so that a fault is never healed while it acts on traffic. Windows
 * open at 0, before the traffic: a toxic of the proxy does not act on data that is in flight when it is added.
 */
const WINDOW_ENDS_MS = [1_500, 1_200, 1_000] as const;

/** The window of random faults. */
export const randomWindow = { fromMs: fc.constant(0), untilMs: fc.constantFrom(...WINDOW_ENDS_MS) };

/** The window of strata: open from the start until after all traffic. */
export const SAMPLE_WINDOW = { fromMs: 0, untilMs: 1_500 } as const;

/** The plain values of a window. */
export const PLAIN_WINDOW = { fromMs: [0], untilMs: [1_500] } as const;

/** Drafts of faults that do not depend on the entries of their scenario. */
export function draftsOf<F>(faults: fc.Arbitrary<F>, place: (fault: F) => string): fc.Arbitrary<FaultDraft<F>> {
  return faults.map((fault) => ({ place: place(fault), among: () => fault }));
}

/** The actions of a fault with a window: applied at its beginning, healed at its end. `fault` is the fault's index in the scenario. */
export function windowActions({ fromMs, untilMs }: FaultWindow, fault: number): readonly FaultAction[] {
  return [
    { kind: 'apply', atMs: fromMs, fault },
    { kind: 'heal', atMs: untilMs, fault },
  ];
}

/** The element of the list at `counter` modulo the length. */
export function pick<T>(list: readonly [T, ...T[]], counter: number): T {
  return list[counter % list.length] ?? list[0];
}

/** Rows in ascending order: a number below `belowMs` of a row, and of no earlier row, becomes `becomesMs`. */
export type Spacing = readonly (readonly [belowMs: number, becomesMs: number])[];

/** The number that the spacing gives for `ms`; `ms` itself if no row applies. */
export function spacedBy(spacing: Spacing, ms: number): number {
  return spacing.find(([belowMs]) => ms < belowMs)?.[1] ?? ms;
}
