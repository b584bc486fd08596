// events.ndjson: what a certification does, one event a line, written as it happens. Each line is a document of its own.
import { z } from 'zod';
import { verdictSchema } from './decision.ts';
import { type DocumentKind, parseDocument } from './document.ts';
import { PROPERTY_IDS } from './finding.ts';

const FORMAT = 'onesend.run-event/1';

const base = {
  format: z.literal(FORMAT),
  /** Milliseconds since the run began, on a monotonic clock. */
  atMs: z.int().min(0),
};

const ofLane = {
  ...base,
  /** The lane that is meant. */
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
    /** The flags of the command with their values, those included that were not given and have a default. */
    flags: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()])),
  }),
  z.strictObject({ ...ofLane, kind: z.literal('lane') }),
  z.strictObject({
    ...ofLane,
    kind: z.literal('progress'),
    /** What is done: scenarios are searched, or a counterexample is shrunk. */
    phase: z.enum(['search', 'shrink']),
    /** Runs that were made; while shrinking, candidates that were tried. */
    done: z.int().min(0),
    /** Runs that are planned so far; while shrinking, as many as are done. */
    planned: z.int().min(0),
    /** Different findings so far, by their fingerprints. */
    violations: z.int().min(0),
    /** What is shrunk: a property, or the kind of an anomaly. */
    subject: z.exactOptional(z.string()),
  }),
  z.strictObject({
    ...ofLane,
    kind: z.literal('finding'),
    /** The id of the property that is violated, or the kind of an anomaly. */
    property: z.string(),
    /** The name of the scenario. */
    scenario: z.string(),
    fingerprint: z.string(),
  }),
  z.strictObject({
    ...ofLane,
    kind: z.literal('counterexample'),
    /** Its id, by which `replay` finds it once the run has ended. */
    id: z.string(),
    fingerprint: z.string(),
    /** The properties that it violates; none where it is an anomaly. */
    properties: z.array(z.enum(PROPERTY_IDS)),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('verdict'),
    verdict: verdictSchema,
    /** The exit code of the command; another than that of the verdict where its files could not be written. */
    exitCode: z.int(),
    /** How long the lanes took together, in milliseconds. */
    durationMs: z.number(),
  }),
]);

/** One event of a certification. */
export type RunEvent = z.infer<typeof runEventSchema>;

/** What an event says beside its time. */
export type RunEventFields = FieldsOf<RunEvent>;

type FieldsOf<Event> = Event extends RunEvent ? Omit<Event, keyof typeof base> : never;

/** An event as a document. */
export const runEventDocument: DocumentKind<RunEvent> = { format: FORMAT, schema: runEventSchema };

/** The events of a file, in order. A last line without its line break was cut off when the run was killed, and is left out. */
export function parseRunEvents(text: string, source: string): RunEvent[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, index) => parseDocument(runEventDocument, line, `${source}:${index + 1}`));
}
