// What the rig must know about a kind of fault. Each kind has one file with such a definition, and catalogue.ts lists them all.
import type * as fc from 'fast-check';
import type { z } from 'zod';
import type { Mode } from '../../src/contract/mode.ts';
import type { Role } from '../../src/contract/message.ts';

/**
 * The phases of the protocol a fault aims at: entry (P0), claim (P1), connecting (P2), request under way (P3), the service's log row and
 * claim (P4), before its provider call (P5), provider call under way (P6), accepted but not logged (P7), logged but not answered (P8),
 * answer under way (P9), the legacy app's decision (P10), its settlement (P11), after the commit of that (P12).
 */
export const PHASES = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10', 'P11', 'P12'] as const;

/** A phase of the protocol. */
export type Phase = (typeof PHASES)[number];

/** What is known about the faults of one kind that share a label. */
export interface LabelDefinition {
  /** How reports print and count them, for example `latency downstream`; the numbers of a fault are no part of it. */
  readonly label: string;
  readonly phases: readonly Phase[];
  /** Whether it can leave a sender in doubt about one uuid, so that the message may rightly end as unknown. */
  readonly causesAmbiguity: boolean;
  /** Whether it can rightly keep a message from being sent at all. */
  readonly preventsSending: boolean;
}

/** A window in milliseconds from the start of the scenario: [fromMs, untilMs). */
export interface FaultWindow {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** One thing that a fault lets the rig do at an offset from the start. `fault` is the place of the fault in the scenario. */
export type FaultAction =
  | { readonly kind: 'apply'; readonly atMs: number; readonly fault: number }
  | { readonly kind: 'heal'; readonly atMs: number; readonly fault: number }
  | { readonly kind: 'crash'; readonly atMs: number; readonly process: Role }
  | { readonly kind: 'terminate'; readonly atMs: number; readonly process: Role; readonly graceMs: number }
  | { readonly kind: 'restart'; readonly atMs: number; readonly process: Role }
  | { readonly kind: 'trigger'; readonly atMs: number; readonly campaign: string };

/** The longest time for which a fault can hold something back: on the way between the systems, at the provider, or in a process. */
export interface LongestDelay {
  readonly travelMs: number;
  readonly providerMs: number;
  readonly processMs: number;
}

/** What a fault puts in a system's way for as long as it is in force, so that checkers do not ask the impossible of that system. */
export type Obstacle =
  /** No call can reach the service. */
  | { readonly kind: 'unreachable'; readonly process: 'service' }
  /** The process, its database or its clock is late, in a way that taps cannot see. */
  | { readonly kind: 'held-up'; readonly process: Role }
  /** The process executes nothing at all. */
  | { readonly kind: 'stopped'; readonly process: Role }
  /** The process's provider does not work as it should. */
  | { readonly kind: 'faulty-provider'; readonly process: Role };

/** A campaign's entry, as far as faults depend on it. */
export interface FaultEntry {
  readonly campaign: string;
  readonly atMs: number;
}

/** A drawn fault that does not know the entries of its scenario yet. */
export interface FaultDraft<F> {
  readonly place: string;
  among(entries: readonly FaultEntry[]): F;
}

/** How random scenarios draw a kind of fault. */
export interface RandomFaults<F> {
  /** How often the kind is drawn, compared with the others. A weight that changes, changes every draw of every seed. */
  readonly weight: number;
  readonly drafts: fc.Arbitrary<FaultDraft<F>>;
}

/** One small scenario that every plan holds: this fault, under each of these modes. */
export interface FaultSample<F> {
  readonly title: string;
  /** The modes in which the fault finds traffic. */
  readonly modes: readonly Mode[];
  /** The fault for a campaign that enters; `variant` turns its numbers, so that no two rounds are alike. */
  make(variant: number, entry: FaultEntry): F;
}

/** What a scenario of the comparison of lanes offers to its faults: times that do not depend on milliseconds. */
export interface RoomyScenario {
  /** When windows end: after everything that the entries caused. */
  readonly untilMs: number;
  /** When a campaign enters in the roomy scenario. */
  entryMs(campaign: string): number;
  /** By how much its entry was put off. */
  putOffMs(campaign: string): number;
}

/** The fields of a fault that are numbers. */
export type NumberField<F> = { [K in keyof F]-?: F[K] extends number ? K : never }[keyof F];

/** Everything the rig knows about one kind of fault, but for its receipt and how each lane realises it. */
export interface FaultDefinition<F extends { readonly kind: string }> {
  readonly schema: z.ZodType<F>;
  /** Every label of this kind. */
  readonly labels: readonly LabelDefinition[];
  label(fault: F): string;
  /** The few words under which reports name the fault, its numbers included: `latency downstream 700 ms`. */
  words(fault: F): string;
  /** Fewer words, beside an element that shows whose fault it is: `late 700 ms`. At most 18 characters, or a narrow drawing cuts them off. */
  shortWords(fault: F): string;
  /**
   * The place the fault acts on. A random scenario has at most one fault a place: two faults of the link hide each other (nothing can be
   * delayed where nothing arrives), and a fault that cannot take effect proves nothing.
   */
  place(fault: F): string;
  /** The window in which the fault is in force; undefined for one that is done at one moment. */
  window(fault: F): FaultWindow | undefined;
  /** What the rig does for it, in time. */
  actions(fault: F, index: number): readonly FaultAction[];
  longestDelay(fault: F): LongestDelay;
  obstacle(fault: F): Obstacle | undefined;
  /** How random scenarios draw it; undefined for a fault that only gates plant. */
  readonly random: RandomFaults<F> | undefined;
  readonly samples: readonly FaultSample<F>[];
  /** The plain values of each number, the plainest first: what shrinking tries. A number that is none of them is less plain than all. */
  readonly plainNumbers: Readonly<Record<NumberField<F>, readonly number[]>>;
  /** The same fault with its effect so much later, or earlier: nothing may hang on a few milliseconds. */
  moved(fault: F, byMs: number): F;
  /** The same fault with room around it, for scenarios that both lanes must judge alike. */
  spaced(fault: F, room: RoomyScenario): F;
}

/** Nothing is held back. */
export const NO_DELAY: LongestDelay = { travelMs: 0, providerMs: 0, processMs: 0 };
