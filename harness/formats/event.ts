// The events of a history: what the observers saw. Each event has the interval, on the rig's clock, in which it happened.
import { z } from 'zod';
import { role } from '../faults/fields.ts';

const micros = z.number();
const text = z.string();
const nullableText = z.string().nullable();
const record = z.record(z.string(), z.unknown());

const base = {
  /** The position in the history, from 0. Findings refer to their witnesses by it. */
  seq: z.int().min(0),
  /** The observer that saw the event. Order is exact only among events of one observer. */
  observer: text,
  /** The earliest time at which the event can have happened, in microseconds since the start of the scenario. */
  earliest: micros,
  latest: micros,
};

/** The call that an event of a tap belongs to. */
const request = {
  /** The id of the call, shared by its request and its answer; unique within one history and one tap. */
  call: text,
  tap: z.enum(['front', 'back']),
};

/** A change of a row counts from its commit, because no other transaction sees it before: [earliest, latest] is the commit. */
const written = {
  /** The earliest time at which the statement that wrote the row can have begun, in microseconds since the start of the scenario. */
  statementEarliest: micros,
};

/** The number of one instance of a process, from 1; absent if the event is about all instances. */
const oneInstance = { instance: z.int().min(1).optional() };

/**
 * One message of a request; absent fields are ''. Instead of its text it has `bodyDigest`: the first 16 hex digits of the text's SHA-256.
 */
const requested = z.strictObject({ messageUuid: text, recipient: text, bodyDigest: text, provider: text });

const result = z.strictObject({ messageUuid: text, status: text, providerMessageId: nullableText });

/** The schema of one event. */
export const eventSchema = z.discriminatedUnion('kind', [
  /** The rig triggered a campaign. Delivery 1 is the entry; later ones are redeliveries. */
  z.strictObject({ ...base, kind: z.literal('trigger'), campaign: text, delivery: z.int() }),
  /** The legacy app's answer to the user; `status` is null if there was no answer. */
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
   * A message was created: its uuid was persisted on the item. The event is derived from the row and has its times. `mode` is the mode that
   * the system pinned, '' if it pinned none. `flagged` is what the rig knows: every text of the tenant's flag that can have been in force,
   * '' for no flag.
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
  /** The rig changed the tenant's mode; `latest` is when the change was acknowledged. */
  z.strictObject({ ...base, kind: z.literal('flip'), tenant: text, mode: text }),
  /** A complete request passed a tap. It has all its messages in order; `uuids` holds the message_uuid of each. */
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
  /** A complete answer passed a tap. `elapsedMs` counts from the connect or, on a reused connection, from the first byte of the request. */
  z.strictObject({
    ...base,
    ...request,
    kind: z.literal('answer'),
    status: z.int(),
    results: z.array(result),
    elapsedMs: z.number(),
  }),
  /** A call ended at a tap without a complete answer. `by` is the side that ended it. */
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
  /** A request reached the provider. `item` is null if the scenario has no such recipient. */
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
  /** The provider accepted the message: from here on it counts as sent. */
  z.strictObject({
    ...base,
    kind: z.literal('accept'),
    attempt: text,
    system: role,
    item: nullableText,
    providerMessageId: text,
  }),
  /** The provider did not accept the message; `definite` is false if its answer does not say so. */
  z.strictObject({
    ...base,
    kind: z.literal('reject'),
    attempt: text,
    system: role,
    item: nullableText,
    status: z.int(),
    definite: z.boolean(),
    /** Why the request is invalid for the provider's API; absent if it is valid. */
    reason: z.exactOptional(text),
  }),
  /**
   * A client other than the two systems sent the service a request that repeats the uuid of an item. The taps do not see it. [earliest,
   * latest] is the whole call. `status` is null if the service did not answer, `result` is null if the answer does not name the uuid.
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
  /** One row was changed, according to the audit of the database. Tables have their canonical names. */
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
  /** A process logged a line. */
  z.strictObject({ ...base, kind: z.literal('log'), process: role, line: text }),
  /** The nemesis applied or healed the fault with this number, from 0, in the scenario. */
  z.strictObject({ ...base, kind: z.literal('fault-applied'), fault: z.int() }),
  z.strictObject({ ...base, kind: z.literal('fault-healed'), fault: z.int() }),
  /** The nemesis asked a process to end; the process ended by itself or, after its grace period, by a kill. */
  z.strictObject({ ...base, kind: z.literal('terminate'), process: role }),
  z.strictObject({ ...base, kind: z.literal('exit'), process: role, isKilled: z.boolean() }),
  /** A process crashed or is ready again: one instance or, if none is named, all. `expected`: the nemesis killed it. */
  z.strictObject({ ...base, ...oneInstance, kind: z.literal('crash'), process: role, expected: z.boolean() }),
  z.strictObject({ ...base, ...oneInstance, kind: z.literal('restart'), process: role }),
  /** All faults are healed, and the longest timeout, lease and injected delay have passed: from here on nothing happens by itself. */
  z.strictObject({ ...base, kind: z.literal('quiescent') }),
  /** One round of recovery, with the counts that the system returned; null if it did not answer. */
  z.strictObject({
    ...base,
    kind: z.literal('recover'),
    round: z.int(),
    report: z.record(z.string(), z.number()).nullable(),
  }),
  /** The reconciliation, with the mismatches that it returned; null if it did not answer. */
  z.strictObject({
    ...base,
    kind: z.literal('reconciliation'),
    mismatches: z.array(z.strictObject({ kind: text, messageUuid: text })).nullable(),
  }),
  /** The tables that the service's database role is allowed to write, read from the database once a run. */
  z.strictObject({ ...base, kind: z.literal('privileges'), role: text, writable: z.array(text) }),
  /** The units in a tenant's account, which the rig reads at the start and at the end of the run. */
  z.strictObject({ ...base, kind: z.literal('balance'), tenant: text, units: z.int() }),
  /**
   * An observer was lost, restarted or stalled, or its events have a gap: it can have missed events, so the run is no evidence for a pass.
   */
  z.strictObject({
    ...base,
    kind: z.literal('observer-problem'),
    problem: z.enum(['lost', 'restarted', 'stalled', 'gap']),
    detail: text,
  }),
]);

/** One observed event of any kind. */
export type HistoryEvent = z.infer<typeof eventSchema>;

/** The kinds of event. */
export type EventKind = HistoryEvent['kind'];

/** An event of one kind. */
export type EventOf<K extends EventKind> = Extract<HistoryEvent, { kind: K }>;

/** An event that has no position in the history yet. */
export type Observation = HistoryEvent extends infer E ? (E extends HistoryEvent ? Omit<E, 'seq'> : never) : never;
