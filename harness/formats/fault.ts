// The abstract faults of a scenario. Which lanes realise each, and how, stands in harness/faults.
import { z } from 'zod';

const offsetMs = z.int().min(0).max(60_000);
const stream = z.enum(['upstream', 'downstream']);
const windowed = { fromMs: offsetMs, untilMs: offsetMs };
const process = z.enum(['legacy', 'service']);

/**
 * One fault. Times are offsets from the start of the scenario in milliseconds; a window is [fromMs, untilMs). `upstream` is the way of
 * requests from the legacy app to the service, `downstream` the way of answers.
 */
export const faultSchema = z.discriminatedUnion('kind', [
  /** Requests or answers arrive later. */
  z.strictObject({
    kind: z.literal('latency'),
    stream,
    latencyMs: z.int().min(1).max(10_000),
    jitterMs: z.int().min(0).max(1_000),
    /** Whose doing it is where it is not the road's: a process, its database or its clock, on the sim lane, held it up. */
    heldUp: z.exactOptional(process),
    ...windowed,
  }),
  /** Data vanishes; the connection stays open. */
  z.strictObject({ kind: z.literal('blackhole'), stream, ...windowed }),
  /** The connection is reset: upstream before the service saw the request, downstream after it answered. */
  z.strictObject({ kind: z.literal('reset'), stream, ...windowed }),
  /** The connection ends after this many bytes. */
  z.strictObject({ kind: z.literal('cut'), stream, bytes: z.int().min(0).max(1_000_000), ...windowed }),
  /** Nobody listens: connections are refused. */
  z.strictObject({ kind: z.literal('refuse'), ...windowed }),
  /** The breaker is found OPEN. */
  z.strictObject({ kind: z.literal('breaker-open'), breaker: z.enum(['live', 'dry']), fromMs: offsetMs }),
  /** The provider answers one system otherwise than with an acceptance in time. */
  z.strictObject({
    kind: z.literal('provider'),
    system: process,
    outcome: z.enum(['reject', 'slow', 'accept-lose-reply', 'error-accepted', 'error-not-accepted']),
    /** How long the provider takes, for `slow`. */
    delayMs: z.int().min(0).max(10_000),
    ...windowed,
  }),
  /** A process is killed, and started again after a while. */
  z.strictObject({ kind: z.literal('crash'), process, atMs: offsetMs, restartAfterMs: z.int().min(0).max(10_000) }),
  /** The same campaign is triggered again: a redelivered job, or a user's double submit. */
  z.strictObject({ kind: z.literal('redelivery'), campaign: z.string(), atMs: offsetMs }),
  /** An item comes with a blank uuid, as a broken import leaves it: it must be rejected, never given one. */
  z.strictObject({ kind: z.literal('missing-uuid'), item: z.string() }),
  /** The rig itself makes the two logs disagree about one item, at the quiescent cut, so that reconciliation has something to find. */
  z.strictObject({
    kind: z.literal('tamper'),
    mismatch: z.enum(['missing_in_go', 'missing_in_laravel', 'status_mismatch', 'provider_message_id_mismatch']),
    item: z.string(),
  }),
]);

/** One fault of a scenario. */
export type Fault = z.infer<typeof faultSchema>;

/** The kinds of fault. */
export type FaultKind = Fault['kind'];
