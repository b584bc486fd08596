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
  methods: z
    .array(z.string().min(1))
    .min(1)
    .default(['POST'])
    .describe('The methods of the requests that the taps read.'),
  path: z
    .exactOptional(z.string().startsWith('/'))
    .describe('The path of the requests that the taps read; `:NAME` matches one segment. Default: any path.'),
  request: z
    .strictObject({
      tenant: nullable('tenant_id').describe('The place of the tenant in the request.'),
      dryRun: place.default('dry_run').describe('The place of the value that says whether the request is a rehearsal.'),
      dryRunIs: values.default([true]).describe('The values at `dryRun` that mean a rehearsal.'),
      liveIs: values.default([false]).describe('The values at `dryRun` that mean a real request.'),
      messages: place.default('messages').describe('The place of the list of messages, or of a single message.'),
      uuid: place.default('message_uuid').describe('The place of the uuid in a message, or in the request.'),
      recipient: nullable('recipient').describe('The place of the number in a message, or in the request.'),
      body: nullable('body').describe('The place of the text in a message, or in the request.'),
      provider: nullable('provider').describe('The place of the provider in a message, or in the request.'),
    })
    .prefault({})
    .describe('Where the values of a request are. A place that is null means that the wire does not carry the value.'),
  answer: z
    .strictObject({
      results: nullable('results').describe(
        'The place of the list of results, or of a single result; null if the answer does not name single messages.',
      ),
      uuid: nullable('message_uuid').describe(
        'The place of the uuid in a result. Without it, results are in the order of the messages.',
      ),
      status: nullable('status').describe('The place of the status word in a result.'),
      providerMessageId: nullable('provider_message_id').describe("The place of the provider's id in a result."),
    })
    .prefault({})
    .describe('Where the values of an answer are. A place that is null means that the wire does not carry the value.'),
  statuses: z
    .exactOptional(words)
    .describe(
      'The meaning of each status word in the answers. An HTTP status code as a word gives the meaning of an answer with that code for ' +
        'every message that the answer does not name. Default: the words of the runbook; if given, it replaces all of them.',
    ),
  dryRunStatuses: z
    .exactOptional(words)
    .describe('The meaning of the status words in the answers to rehearsals. Default: `statuses`.'),
});

/** A protocol with defaults filled in. */
export type Protocol = z.output<typeof protocolSchema>;

/** The protocol of the runbook. */
export const RUNBOOK_PROTOCOL: Protocol = protocolSchema.parse({});
