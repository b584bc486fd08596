// The catalogue of faults: every kind with its definition. A new kind is a file of its own and a line here; the compiler then names the
// receipt and the realisers that are missing.
import type { z } from 'zod';
import { blackhole } from './blackhole.ts';
import { breakerOpen } from './breaker-open.ts';
import { crash } from './crash.ts';
import { cut } from './cut.ts';
import type { FaultDefinition, LabelDefinition, Obstacle } from './definition.ts';
import { latency } from './latency.ts';
import { missingUuid } from './missing-uuid.ts';
import { pause } from './pause.ts';
import { provider } from './provider.ts';
import { redelivery } from './redelivery.ts';
import { refuse } from './refuse.ts';
import { repeat } from './repeat.ts';
import { reset } from './reset.ts';
import { tamper } from './tamper.ts';
import { terminate } from './terminate.ts';

/** Every kind of fault. Random scenarios draw from them in this order. */
export const FAULTS = {
  latency,
  blackhole,
  reset,
  cut,
  refuse,
  'breaker-open': breakerOpen,
  provider,
  crash,
  redelivery,
  'missing-uuid': missingUuid,
  tamper,
  pause,
  terminate,
  repeat,
} as const;

/** The kinds of fault. */
export type FaultKind = keyof typeof FAULTS;

/** The faults of one kind, or of some. */
export type FaultOf<K extends FaultKind> = { [P in K]: z.infer<(typeof FAULTS)[P]['schema']> }[K];

/**
 * One fault of a scenario. Times are offsets from the start of the scenario in milliseconds; a window is [fromMs, untilMs). `upstream` is
 * the way of requests from the legacy app to the service, `downstream` the way of answers.
 */
export type Fault = FaultOf<FaultKind>;

/** A decision of the simulator in words: to what it happened, and what. */
export interface Decided {
  readonly of: string;
  readonly what: string;
}

/** The same, each under the kind that its schema names. */
const definitions: { readonly [K in FaultKind]: FaultDefinition<FaultOf<K> & { readonly kind: K }> } = FAULTS;

/** The definitions in the order of the catalogue; each takes faults of its kind only. */
export const FAULT_DEFINITIONS: readonly FaultDefinition<Fault>[] = Object.values(definitions);

/** Every label with what is known about it. */
export const FAULT_LABELS: readonly (LabelDefinition & { readonly kind: FaultKind })[] = Object.entries(FAULTS).flatMap(
  ([kind, { labels }]) => labels.map((known) => ({ ...known, kind: kind as FaultKind })),
);

const byLabel = new Map(FAULT_LABELS.map((known) => [known.label, known]));

/** The definition of the fault's kind; it takes faults of that kind only. */
export function definitionOf(fault: Fault): FaultDefinition<Fault> {
  return definitions[fault.kind];
}

/** The label of a fault, for example `latency downstream`, `provider slow (service)` or `crash legacy`. */
export function faultLabel(fault: Fault): string {
  return definitionOf(fault).label(fault);
}

/** What the simulator decided, where the fault stands for a decision. */
export function decidedOf(fault: Fault): Decided | undefined {
  return 'decided' in fault ? fault.decided : undefined;
}

/** The fault in a few words, its numbers included: `latency downstream 700 ms`, `breaker live OPEN`; or the decision it stands for. */
export function faultWords(fault: Fault): string {
  const decided = decidedOf(fault);
  return decided === undefined ? definitionOf(fault).words(fault) : `${decided.of} ${decided.what}`;
}

/** Fewer words, for where it is plain whose fault it is: `late 700 ms`. */
export function shortFaultWords(fault: Fault): string {
  return decidedOf(fault)?.what ?? definitionOf(fault).shortWords(fault);
}

/** What is known about the faults that share this one's label. */
export function labelOf(fault: Fault): LabelDefinition {
  const known = byLabel.get(faultLabel(fault));
  if (known === undefined) throw new Error(`the catalogue of faults does not list the label ${faultLabel(fault)}`);
  return known;
}

/** What the fault puts in a system's way while it is in force. */
export function obstacleOf(fault: Fault): Obstacle | undefined {
  return definitionOf(fault).obstacle(fault);
}
