// events.ndjson: what a certification does. Each line is a document with one event, written when it happens.
import { z } from 'zod';
import { verdictSchema } from './decision.ts';
import { type DocumentKind, parseDocument } from './document.ts';
import { PROPERTY_IDS } from './finding.ts';

const FORMAT = 'onesend.run-event/1';

const base = {
  format: z.literal(FORMAT),
  /** Milliseconds since the start of the command, on a monotonic clock. */
  atMs: z.int().min(0),
};

const ofLane = {
  ...base,
  /** The lane that the event is about. */
  lane: z.enum(['live', 'sim']),
};

/** The schema of one event. */
export const runEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('started'),
    startedAt: z.string(),
    versions: z.record(z.string(), z.string()),
    system: z.strictObject({ name: z.string(), sha256: z.string() }),
    seed: z.int(),
    /** The flags of the command with their values, including defaults. */
    flags: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()])),
  }),
  z.strictObject({ ...ofLane, kind: z.literal('lane') }),
  z.strictObject({
    ...ofLane,
    kind: z.literal('progress'),
    /** What the lane is doing: it searches, or it shrinks a counterexample. */
    phase: z.enum(['search', 'shrink']),
    /** How many runs were made; while shrinking, how many candidates were tried. */
    done: z.int().min(0),
    /** How many runs are planned so far; while shrinking, the same number as `done`. */
    planned: z.int().min(0),
    /** How many violations with different fingerprints were found so far. */
    violations: z.int().min(0),
    /** The violation that is being shrunk: a property, or the kind of an anomaly; absent during the search. */
    subject: z.exactOptional(z.string()),
  }),
  z.strictObject({
    ...ofLane,
    kind: z.literal('finding'),
    /** The id of the violated property, or the kind of an anomaly. */
    property: z.string(),
    /** The name of the scenario. */
    scenario: z.string(),
    fingerprint: z.string(),
  }),
  z.strictObject({
    ...ofLane,
    kind: z.literal('counterexample'),
    /** Its id; `replay` finds the counterexample by it once the run has ended. */
    id: z.string(),
    fingerprint: z.string(),
    /** The properties that it violates; empty for an anomaly. */
    properties: z.array(z.enum(PROPERTY_IDS)),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('verdict'),
    verdict: verdictSchema,
    /** The exit code of the command. It differs from that of the verdict if the files of the result could not be written. */
    exitCode: z.int(),
    /** How long all lanes took together, in milliseconds. */
    durationMs: z.number(),
  }),
]);

/** One event of a certification. */
export type RunEvent = z.infer<typeof runEventSchema>;

/** An event without its format and its time. */
export type RunEventFields = FieldsOf<RunEvent>;

type FieldsOf<Event> = Event extends RunEvent ? Omit<Event, keyof typeof base> : never;

/** An event as a document. */
export const runEventDocument: DocumentKind<RunEvent> = { format: FORMAT, schema: runEventSchema };

/** Parses the events of a file, in order. A last line without a line break is ignored, because it was cut off when the run was killed. */
export function parseRunEvents(text: string, source: string): RunEvent[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, index) => parseDocument(runEventDocument, line, `${source}:${index + 1}`));
}
