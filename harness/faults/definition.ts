// The form of the definition of a kind of fault. Each kind has one file with its definition; catalogue.ts lists them all.
import type * as fc from 'fast-check';
import type { z } from 'zod';
import type { Mode } from '../../src/contract/mode.ts';
import type { Role } from '../../src/contract/message.ts';

/**
 * The phases of the protocol that faults disturb: entry (P0), claim (P1), connecting (P2), request in flight (P3), the service's log row
 * and claim (P4), before its provider call (P5), provider call in flight (P6), accepted but not logged (P7), logged but not answered (P8),
 * answer in flight (P9), the legacy app's decision (P10), its settlement (P11), after the commit of the settlement (P12).
 */
export const PHASES = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10', 'P11', 'P12'] as const;

/** A phase of the protocol. */
export type Phase = (typeof PHASES)[number];

/** What the faults with one label have in common. */
export interface LabelDefinition {
  /** The name under which reports count these faults, without their numbers, for example `latency downstream`. */
  readonly label: string;
  readonly phases: readonly Phase[];
  /** Whether a correct sender can be unable to tell if its message was sent, so that the message is allowed to end as unknown. */
  readonly causesAmbiguity: boolean;
  /** Whether a correct system can fail to send a message because of the fault. */
  readonly preventsSending: boolean;
}

/** A window in milliseconds from the start of the scenario: [fromMs, untilMs). */
export interface FaultWindow {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** One action of the rig for a fault, `atMs` milliseconds after the start. `fault` is the index of the fault in the scenario. */
export type FaultAction =
  | { readonly kind: 'apply'; readonly atMs: number; readonly fault: number }
  | { readonly kind: 'heal'; readonly atMs: number; readonly fault: number }
  | { readonly kind: 'crash'; readonly atMs: number; readonly process: Role }
  | { readonly kind: 'terminate'; readonly atMs: number; readonly process: Role; readonly graceMs: number }
  | { readonly kind: 'restart'; readonly atMs: number; readonly process: Role }
  | { readonly kind: 'trigger'; readonly atMs: number; readonly campaign: string };

/** The longest times, in milliseconds, by which a fault can delay a message between the systems, the provider's answer, and a process. */
export interface LongestDelay {
  readonly travelMs: number;
  readonly providerMs: number;
  readonly processMs: number;
}

/** How a fault obstructs a system while it is in force. Checkers excuse the system from what the obstacle makes impossible. */
export type Obstacle =
  /** No call can reach the service. */
  | { readonly kind: 'unreachable'; readonly process: 'service' }
  /** The process, its database or its clock is delayed in a way that taps cannot see. */
  | { readonly kind: 'held-up'; readonly process: Role }
  /** The process does not run. */
  | { readonly kind: 'stopped'; readonly process: Role }
  /** The provider answers the process with errors, late or not at all. */
  | { readonly kind: 'faulty-provider'; readonly process: Role };

/** The part of a campaign's entry that faults depend on: its name and its time. */
export interface FaultEntry {
  readonly campaign: string;
  readonly atMs: number;
}

/** A drawn fault that is completed once the entries of its scenario are known. `place` is that of the completed fault. */
export interface FaultDraft<F> {
  readonly place: string;
  among(entries: readonly FaultEntry[]): F;
}

/** How random scenarios draw a kind of fault. */
export interface RandomFaults<F> {
  /** How often the kind is drawn, relative to the other kinds. Changing a weight changes every draw of every seed. */
  readonly weight: number;
  readonly drafts: fc.Arbitrary<FaultDraft<F>>;
}

/** A fault that every plan contains, in one small scenario for each of `modes`. */
export interface FaultSample<F> {
  readonly title: string;
  /** The modes in which there is traffic that the fault can affect. */
  readonly modes: readonly Mode[];
  /** The fault for the campaign of `entry`. `variant`, a counter, selects its numbers, so that consecutive rounds differ. */
  make(variant: number, entry: FaultEntry): F;
}

/** The times of a scenario that compares the lanes. They are so far apart that a few milliseconds do not change the outcome. */
export interface RoomyScenario {
  /** When windows end: after all effects of the entries. */
  readonly untilMs: number;
  /** When a campaign enters in the roomy scenario. */
  entryMs(campaign: string): number;
  /** How many milliseconds later this is than in the original scenario. */
  putOffMs(campaign: string): number;
}

/** The fields of a fault that are numbers. */
export type NumberField<F> = { [K in keyof F]-?: F[K] extends number ? K : never }[keyof F];

/** The definition of one kind of fault. Its receipt and its realisation on each lane are defined elsewhere. */
export interface FaultDefinition<F extends { readonly kind: string }> {
  readonly schema: z.ZodType<F>;
  /** Every label of this kind. */
  readonly labels: readonly LabelDefinition[];
  label(fault: F): string;
  /** The fault in a few words, with its numbers, for reports: `latency downstream 700 ms`. */
  words(fault: F): string;
  /** Fewer words, for a place that shows already what the fault acts on: `late 700 ms`. At most 18 characters fit into a narrow drawing. */
  shortWords(fault: F): string;
  /**
   * The place where the fault acts. A random scenario has at most one fault per place: of two faults of the link, one can prevent the
   * effect of the other (a message that is lost cannot be late), and a fault without effect tests nothing.
   */
  place(fault: F): string;
  /** The window in which the fault is in force; undefined for a fault that acts at one moment. */
  window(fault: F): FaultWindow | undefined;
  /** The actions of the rig that make the fault, each with its time. `index` is the index of the fault in the scenario. */
  actions(fault: F, index: number): readonly FaultAction[];
  longestDelay(fault: F): LongestDelay;
  obstacle(fault: F): Obstacle | undefined;
  /** How random scenarios draw it; undefined for a fault that only gates plant. */
  readonly random: RandomFaults<F> | undefined;
  readonly samples: readonly FaultSample<F>[];
  /** The values of each number that shrinking tries, the simplest first. Any other value counts as less simple than all of these. */
  readonly plainNumbers: Readonly<Record<NumberField<F>, readonly number[]>>;
  /** The same fault with its effect `byMs` later, or earlier if negative. Shows whether an outcome depends on a few milliseconds. */
  moved(fault: F, byMs: number): F;
  /** The same fault with times far from any deadline, for scenarios that must have the same verdict on both lanes. */
  spaced(fault: F, room: RoomyScenario): F;
}

/** No delay. */
export const NO_DELAY: LongestDelay = { travelMs: 0, providerMs: 0, processMs: 0 };
