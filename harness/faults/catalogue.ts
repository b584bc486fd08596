// The catalogue of faults: every kind with its definition. A new kind needs its own file and a line here; then the compiler names the
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

/** The faults of one kind, or of a union of kinds. */
export type FaultOf<K extends FaultKind> = { [P in K]: z.infer<(typeof FAULTS)[P]['schema']> }[K];

/**
 * One fault of a scenario. Times are milliseconds from the start of the scenario; a window is [fromMs, untilMs). `upstream` is the
 * direction of requests, from the legacy app to the service; `downstream` is the direction of answers.
 */
export type Fault = FaultOf<FaultKind>;

/** A decision of the simulator in words: `what` happened to the thing `of`, for example of: 'request', what: 'delivered twice'. */
export interface Decided {
  readonly of: string;
  readonly what: string;
}

/** The same definitions. The type checks that each key is the kind that the schema names. */
const definitions: { readonly [K in FaultKind]: FaultDefinition<FaultOf<K> & { readonly kind: K }> } = FAULTS;

/** The definitions in the order of the catalogue. Each accepts only faults of its kind. */
export const FAULT_DEFINITIONS: readonly FaultDefinition<Fault>[] = Object.values(definitions);

/** Every label with its definition and its kind. */
export const FAULT_LABELS: readonly (LabelDefinition & { readonly kind: FaultKind })[] = Object.entries(FAULTS).flatMap(
  ([kind, { labels }]) => labels.map((known) => ({ ...known, kind: kind as FaultKind })),
);

const byLabel = new Map(FAULT_LABELS.map((known) => [known.label, known]));

/** The definition of the fault's kind. It accepts only faults of that kind. */
export function definitionOf(fault: Fault): FaultDefinition<Fault> {
  return definitions[fault.kind];
}

/** The label of a fault, for example `latency downstream`, `provider slow (service)` or `crash legacy`. */
export function faultLabel(fault: Fault): string {
  return definitionOf(fault).label(fault);
}

/** The decision of the simulator that the fault replaces; undefined for an ordinary fault. */
export function decidedOf(fault: Fault): Decided | undefined {
  return 'decided' in fault ? fault.decided : undefined;
}

/** The fault in a few words, with its numbers: `latency downstream 700 ms`, `breaker live OPEN`; or the decision that it replaces. */
export function faultWords(fault: Fault): string {
  const decided = decidedOf(fault);
  return decided === undefined ? definitionOf(fault).words(fault) : `${decided.of} ${decided.what}`;
}

/** Fewer words, for a place that shows already what the fault acts on: `late 700 ms`. */
export function shortFaultWords(fault: Fault): string {
  return decidedOf(fault)?.what ?? definitionOf(fault).shortWords(fault);
}

/** The definition of the fault's label. */
export function labelOf(fault: Fault): LabelDefinition {
  const known = byLabel.get(faultLabel(fault));
  if (known === undefined) throw new Error(`the catalogue of faults does not list the label ${faultLabel(fault)}`);
  return known;
}

/** How the fault obstructs a system while it is in force; undefined if it gives no system an excuse. */
export function obstacleOf(fault: Fault): Obstacle | undefined {
  return definitionOf(fault).obstacle(fault);
}
