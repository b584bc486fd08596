// How the legacy app and the service speak to each other, as data: what the taps must find in a request and in its answer, and where.
import { z } from 'zod';
import { STATUSES } from '../../src/contract/message.ts';

/**
 * A place: the key of an object, a JSON pointer into it (RFC 6901; '' is the object itself), or `header:NAME`, `query:NAME` or `path:NAME` of
 * the request.
 */
const place = z.string();
const nullable = (otherwise: string) => place.nullable().default(otherwise);

/** What stands for a truth value on the wire; null for nothing at all. */
const values = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).min(1);

const words = z.record(z.string(), z.enum(STATUSES));

/** The schema of a protocol. Unless given, everything is as the runbook has it. A place that is null stands for what is not on the wire. */
export const protocolSchema = z.strictObject({
  /** The methods and the path of the requests that are read; `:NAME` stands for one segment. Unless given, any path. */
  methods: z.array(z.string().min(1)).min(1).default(['POST']),
  path: z.exactOptional(z.string().startsWith('/')),
  request: z
    .strictObject({
      /** Places in the request. */
      tenant: nullable('tenant_id'),
      dryRun: place.default('dry_run'),
      /** What is at `dryRun` in a rehearsal, and in a request to send. */
      dryRunIs: values.default([true]),
      liveIs: values.default([false]),
      /** The list of messages, or the only one. */
      messages: place.default('messages'),
      /** Places in a message, or in the request. */
      uuid: place.default('message_uuid'),
      recipient: nullable('recipient'),
      body: nullable('body'),
      provider: nullable('provider'),
    })
    .prefault({}),
  answer: z
    .strictObject({
      /** The list of results, or the only one; null for an answer that does not list single messages. */
      results: nullable('results'),
      /** Places in a result. Without a uuid, the results are in the order of the messages. */
      uuid: nullable('message_uuid'),
      status: nullable('status'),
      providerMessageId: nullable('provider_message_id'),
    })
    .prefault({}),
  /**
   * The words of the answers, and what they mean. A status code of HTTP stands for what an answer with that code means for each message of which
   * it says nothing else. Unless given, the runbook's words; if given, all of them.
   */
  statuses: z.exactOptional(words),
  /** The same for the answers to rehearsals, where they differ. */
  dryRunStatuses: z.exactOptional(words),
});

/** A protocol with all its defaults. */
export type Protocol = z.output<typeof protocolSchema>;

/** The protocol of the runbook. */
export const RUNBOOK_PROTOCOL: Protocol = protocolSchema.parse({});
