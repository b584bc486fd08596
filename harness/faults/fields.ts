// The fields and values that several faults share: offsets, windows, streams, processes, and what a window means for the schedule.
import * as fc from 'fast-check';
import { z } from 'zod';
import { ROLES } from '../../src/contract/message.ts';
import type { FaultAction, FaultDraft, FaultWindow } from './definition.ts';

/** Milliseconds from the start of the scenario. */
export const offsetMs = z.int().min(0).max(60_000);

/** `upstream` is the way of requests from the legacy app to the service, `downstream` the way of answers. */
export const stream = z.enum(['upstream', 'downstream']);

/** One of the two systems, or its process. */
export const role = z.enum(ROLES);

/** The window [fromMs, untilMs) in which a fault is in force. */
export const windowed = { fromMs: offsetMs, untilMs: offsetMs };

/**
 * What the simulator decided, where this fault stands for it: checkers know the faults of the catalogue only, and judge by them; reports say
 * what was decided, and to what. Only the scenario of a history has it, and no fault that is played.
 */
export const decided = { decided: z.exactOptional(z.strictObject({ of: z.string(), what: z.string() })) };

/** The streams in the order in which strata and random scenarios take them. */
export const STREAMS = ['downstream', 'upstream'] as const;

/** Which way data goes: `upstream` to the service, `downstream` back. */
export type Stream = (typeof STREAMS)[number];

/**
 * When windows close: after the calls of the last entry ended, so that a fault is never healed under its own traffic. They open at 0,
 * before the traffic: a toxic that is added later misses what is under way already.
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

/** A fault that is in force during its window is applied at its beginning and healed at its end. */
export function windowActions({ fromMs, untilMs }: FaultWindow, fault: number): readonly FaultAction[] {
  return [
    { kind: 'apply', atMs: fromMs, fault },
    { kind: 'heal', atMs: untilMs, fault },
  ];
}

/** Takes the element of a list that a counter points at, round and round. */
export function pick<T>(list: readonly [T, ...T[]], counter: number): T {
  return list[counter % list.length] ?? list[0];
}

/** Each number below the first becomes the second. */
export type Spacing = readonly (readonly [belowMs: number, becomesMs: number])[];

/** A number with room around it. */
export function spacedBy(spacing: Spacing, ms: number): number {
  return spacing.find(([belowMs]) => ms < belowMs)?.[1] ?? ms;
}
