// The protocol between the legacy app and the service, as data: what the taps must find in a request and in its answer, and where.
import { z } from 'zod';
import { STATUSES } from '../../src/contract/message.ts';

/**
 * A place in a request or an answer: the key of an object, a JSON pointer (RFC 6901; '' is the whole object), or `header:NAME`,
 * `query:NAME` or `path:NAME` of the request.
 */
const place = z.string();
const nullable = (otherwise: string) => place.nullable().default(otherwise);

/** The values on the wire that mean true, or those that mean false; null means that the field is absent. */
const values = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).min(1);

const words = z.record(z.string(), z.enum(STATUSES));

/** The schema of a protocol. All defaults are those of the runbook. A place that is null means that the wire does not carry the value. */
export const protocolSchema = z.strictObject({
  /** The methods of the requests that the taps read. */
  methods: z.array(z.string().min(1)).min(1).default(['POST']),
  /** The path of the requests that the taps read; `:NAME` matches one segment. Default: any path. */
  path: z.exactOptional(z.string().startsWith('/')),
  request: z
    .strictObject({
      /** The place of the tenant in the request. */
      tenant: nullable('tenant_id'),
      dryRun: place.default('dry_run'),
      /** The values at `dryRun` that mean a rehearsal. */
      dryRunIs: values.default([true]),
      /** The values at `dryRun` that mean a real request. */
      liveIs: values.default([false]),
      /** The place of the list of messages, or of a single message. */
      messages: place.default('messages'),
      /** `uuid`, `recipient`, `body` and `provider` are places in a message, or in the request. */
      uuid: place.default('message_uuid'),
      recipient: nullable('recipient'),
      body: nullable('body'),
      provider: nullable('provider'),
    })
    .prefault({}),
  answer: z
    .strictObject({
      /** The place of the list of results, or of a single result; null if the answer does not name single messages. */
      results: nullable('results'),
      /** `uuid`, `status` and `providerMessageId` are places in a result. Without `uuid`, results are in the order of the messages. */
      uuid: nullable('message_uuid'),
      status: nullable('status'),
      providerMessageId: nullable('provider_message_id'),
    })
    .prefault({}),
  /**
   * The meaning of each status word in the answers. An HTTP status code as a word gives the meaning of an answer with that code for every
   * message that the answer does not name. Default: the words of the runbook; if given, it replaces all of them.
   */
  statuses: z.exactOptional(words),
  /** The meaning of the status words in the answers to rehearsals. Default: `statuses`. */
  dryRunStatuses: z.exactOptional(words),
});

/** A protocol with defaults filled in. */
export type Protocol = z.output<typeof protocolSchema>;

/** The protocol of the runbook. */
export const RUNBOOK_PROTOCOL: Protocol = protocolSchema.parse({});
