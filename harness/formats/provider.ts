// The provider APIs through which a pair of systems sends: an API that Onesend knows by name, one that is described as data, or a module.
import { z } from 'zod';

/** The provider APIs that Onesend knows by name. */
export const KNOWN_PROVIDERS = ['twilio', 'vonage'] as const;

const hosts = z
  .array(z.string().min(1))
  .default([])
  .describe('The hosts that an SDK uses for this API; the provider stub answers requests to them too.');
const apiName = z.string().min(1).describe('The name of the API, which `:provider` is in the SQL of the seed.');

/** An answer of the API. In its texts, `${id}`, `${recipient}` and `${body}` are replaced by those of the message. */
const answer = (status: number) =>
  z
    .strictObject({
      status: z.int().min(200).max(599).default(status).describe('The status of the answer.'),
      body: z.unknown().default({}).describe('The body of the answer.'),
    })
    .prefault({});

/** The schema of an API as data; each of its requests holds one message. Places are written as in `protocol`. */
const describedSchema = z.strictObject({
  name: apiName,
  hosts,
  method: z.enum(['POST', 'PUT', 'GET']).default('POST').describe('The method of the requests.'),
  path: z.string().startsWith('/').describe('The path of the requests; `:NAME` matches one segment.'),
  content: z.enum(['json', 'form']).default('json').describe('The form of the bodies of the requests.'),
  recipient: z.string().describe('The place of the recipient in the request.'),
  body: z.string().describe('The place of the text in the request.'),
  account: z
    .string()
    .describe(
      'The place of the account that sends. In an Authorization header, the account is the user of Basic or the token of Bearer.',
    ),
  requires: z.array(z.string()).default([]).describe('Further places that must have a value.'),
  accepted: answer(201).describe('The answer to a message that the API accepts.'),
  rejected: answer(400).describe('The answer to a message that the API refuses.'),
  failed: answer(500).describe('The answer when the API itself fails, whether or not it accepted the message.'),
});

/** The schema of a JavaScript module whose default export is a ProviderApi. */
const moduleSchema = z.strictObject({
  name: apiName,
  hosts,
  module: z.string().describe('A JavaScript module whose default export is a ProviderApi.'),
});

/** The schema of one provider API. */
export const providerSchema = z.union([z.enum(KNOWN_PROVIDERS), describedSchema, moduleSchema]);

/** One provider API with defaults filled in. The path of a module is absolute. */
export type ProviderDescription = z.output<typeof providerSchema>;

/** One provider API that is described as data. */
export type DescribedProvider = z.output<typeof describedSchema>;
