// The events of a history: what the observers saw, each with the interval of the rig's clock in which it happened.
import { z } from 'zod';
import { role } from '../faults/fields.ts';

const micros = z.number();
const text = z.string();
const nullableText = z.string().nullable();
const record = z.record(z.string(), z.unknown());

const base = {
  /** Position in the history; findings name their witnesses by it. */
  seq: z.int().min(0),
  /** Who saw it. Order is exact inside one observer only. */
  observer: text,
  /** Microseconds since the start of the scenario. The event happened in [earliest, latest]. */
  earliest: micros,
  latest: micros,
};

/** Which call an event of a tap is about. */
const request = {
  /** Unique in one history and one tap: a call keeps it from request to answer. */
  call: text,
  tap: z.enum(['front', 'back']),
};

/** A row is there once its transaction has committed: [earliest, latest] is the commit, before which no other transaction sees the row. */
const written = {
  /** When the statement that wrote the row began, at the earliest: from then on its process was at it. */
  statementEarliest: micros,
};

/** The instance of a process that something is about, from 1. */
const oneInstance = { instance: z.int().min(1).optional() };

/** One message of a request, '' for what is absent. `bodyDigest` stands for its text: the first 16 hex digits of the text's SHA-256. */
const requested = z.strictObject({ messageUuid: text, recipient: text, bodyDigest: text, provider: text });

const result = z.strictObject({ messageUuid: text, status: text, providerMessageId: nullableText });

/** The schema of one event. */
export const eventSchema = z.discriminatedUnion('kind', [
  /** The rig triggers a campaign; delivery 1 is the entry, later ones are redeliveries. */
  z.strictObject({ ...base, kind: z.literal('trigger'), campaign: text, delivery: z.int() }),
  /** What the user got; `status` is null when the legacy app did not answer. */
  z.strictObject({
    ...base,
    kind: z.literal('user-response'),
    campaign: text,
    delivery: z.int(),
    status: z.int().nullable(),
    body: text,
    elapsedMs: z.number(),
  }),
  /**
   * A message was created: its uuid was persisted on the item. The event is derived from the row and has its times. `mode` is what the
   * system pinned, '' for nothing. `flagged` holds each text of the tenant's flag that may have been in force, '' for no flag: the truth.
   */
  z.strictObject({
    ...base,
    ...written,
    kind: z.literal('entry'),
    item: text,
    tenant: text,
    messageUuid: text,
    mode: text,
    flagged: z.array(text).min(1),
    epoch: z.int().nullable(),
  }),
  /** The tenant's mode was flagged anew; `latest` is when the change was acknowledged. */
  z.strictObject({ ...base, kind: z.literal('flip'), tenant: text, mode: text }),
  /** A whole request passed a tap, with all its messages in order; `uuids` holds the message_uuid of each. */
  z.strictObject({
    ...base,
    ...request,
    kind: z.literal('request'),
    method: text,
    path: text,
    tenantId: z.int().nullable(),
    dryRun: z.boolean().nullable(),
    uuids: z.array(text),
    messages: z.array(requested),
  }),
  /** A whole answer passed a tap. `elapsedMs` counts from the connect or, on a reused connection, from the first byte of the request. */
  z.strictObject({
    ...base,
    ...request,
    kind: z.literal('answer'),
    status: z.int(),
    results: z.array(result),
    elapsedMs: z.number(),
  }),
  /** A call ended at a tap without a whole answer. `by`: who ended it. */
  z.strictObject({
    ...base,
    ...request,
    kind: z.literal('call-failed'),
    by: z.enum(['client', 'server']),
    how: z.enum(['fin', 'rst']),
    requestComplete: z.boolean(),
    answerBytes: z.int(),
    elapsedMs: z.number(),
  }),
  /** A request reached the provider. `item` is null for a recipient that is none of the scenario's. */
  z.strictObject({
    ...base,
    kind: z.literal('attempt'),
    attempt: text,
    system: role,
    account: text,
    recipient: text,
    body: text,
    item: nullableText,
  }),
  /** The provider took the message: from here on it is sent. */
  z.strictObject({
    ...base,
    kind: z.literal('accept'),
    attempt: text,
    system: role,
    item: nullableText,
    providerMessageId: text,
  }),
  /** The provider did not take it; `definite` is false for answers that do not say so. */
  z.strictObject({
    ...base,
    kind: z.literal('reject'),
    attempt: text,
    system: role,
    item: nullableText,
    status: z.int(),
    definite: z.boolean(),
    /** Why the provider's API does not take such a request at all. */
    reason: z.exactOptional(text),
  }),
  /**
   * A client that is none of the two systems repeated the uuid of an item to the service, past the taps: what it asked for, and between which
   * moments. `status` is null when the service did not answer, `result` when the answer said nothing of the uuid.
   */
  z.strictObject({
    ...base,
    kind: z.literal('repeat'),
    item: text,
    messageUuid: text,
    recipient: text,
    bodyDigest: text,
    status: z.int().nullable(),
    result: nullableText,
  }),
  /** A change of one row, from the audit of the database. Tables have their canonical names. */
  z.strictObject({
    ...base,
    ...written,
    kind: z.literal('row'),
    table: text,
    operation: z.enum(['insert', 'update', 'delete']),
    key: text,
    before: record.nullable(),
    after: record.nullable(),
    role: text,
    transaction: text,
  }),
  /** A line that a process logged. */
  z.strictObject({ ...base, kind: z.literal('log'), process: role, line: text }),
  /** The nemesis applied or healed fault number `fault` of the scenario. */
  z.strictObject({ ...base, kind: z.literal('fault-applied'), fault: z.int() }),
  z.strictObject({ ...base, kind: z.literal('fault-healed'), fault: z.int() }),
  /** The nemesis asked a process to end; it did, by itself or, when the grace was over, by a kill. */
  z.strictObject({ ...base, kind: z.literal('terminate'), process: role }),
  z.strictObject({ ...base, kind: z.literal('exit'), process: role, isKilled: z.boolean() }),
  /** A process ended, by a kill of the nemesis or unasked, or is ready again: one instance, or all of them where none is named. */
  z.strictObject({ ...base, ...oneInstance, kind: z.literal('crash'), process: role, expected: z.boolean() }),
  z.strictObject({ ...base, ...oneInstance, kind: z.literal('restart'), process: role }),
  /** All faults are healed and the longest timeout, lease and injected delay have passed: from here on nothing moves by itself. */
  z.strictObject({ ...base, kind: z.literal('quiescent') }),
  /** One round of recovery, with the counts the system answered; null when it did not answer. */
  z.strictObject({
    ...base,
    kind: z.literal('recover'),
    round: z.int(),
    report: z.record(z.string(), z.number()).nullable(),
  }),
  /** What the reconciliation command answered; null when it did not answer. */
  z.strictObject({
    ...base,
    kind: z.literal('reconciliation'),
    mismatches: z.array(z.strictObject({ kind: text, messageUuid: text })).nullable(),
  }),
  /** What the service's role may write, read from the database once a run. */
  z.strictObject({ ...base, kind: z.literal('privileges'), role: text, writable: z.array(text) }),
  /** The units in a tenant's account, sampled by the rig at the start and at the end. */
  z.strictObject({ ...base, kind: z.literal('balance'), tenant: text, units: z.int() }),
  /** A problem of the observers themselves: lost, restarted, stalled. The run is then inconclusive. */
  z.strictObject({
    ...base,
    kind: z.literal('observer-problem'),
    problem: z.enum(['lost', 'restarted', 'stalled', 'gap']),
    detail: text,
  }),
]);

/** One observed event. */
export type HistoryEvent = z.infer<typeof eventSchema>;

/** The kinds of event. */
export type EventKind = HistoryEvent['kind'];

/** An event of one kind. */
export type EventOf<K extends EventKind> = Extract<HistoryEvent, { kind: K }>;

/** An event before it has its place in the history. */
export type Observation = HistoryEvent extends infer E ? (E extends HistoryEvent ? Omit<E, 'seq'> : never) : never;
