// The provider APIs through which a pair of systems sends: an API that Onesend knows by name, one that is described as data, or a module.
import { z } from 'zod';

/** The provider APIs that Onesend knows by name. */
export const KNOWN_PROVIDERS = ['twilio', 'vonage'] as const;

const hosts = z.array(z.string().min(1)).default([]);

/** An answer of the API. In its texts, `${id}`, `${recipient}` and `${body}` are replaced by those of the message. */
const answer = (status: number) =>
  z.strictObject({ status: z.int().min(200).max(599).default(status), body: z.unknown().default({}) }).prefault({});

/** The schema of an API as data; each of its requests holds one message. Places are written as in `protocol`. */
const describedSchema = z.strictObject({
  name: z.string().min(1),
  /** The hosts that an SDK uses for this API; the provider stub answers requests to them too. */
  hosts,
  method: z.enum(['POST', 'PUT', 'GET']).default('POST'),
  /** The path of the requests; `:NAME` matches one segment. */
  path: z.string().startsWith('/'),
  content: z.enum(['json', 'form']).default('json'),
  /** The places of the recipient and of the text in the request. */
  recipient: z.string(),
  body: z.string(),
  /** The place of the account that sends. In an Authorization header, the account is the user of Basic or the token of Bearer. */
  account: z.string(),
  /** Further places that must have a value. */
  requires: z.array(z.string()).default([]),
  accepted: answer(201),
  rejected: answer(400),
  /** The answer when the API itself fails, whether or not it accepted the message. */
  failed: answer(500),
});

/** The schema of a JavaScript module whose default export is a ProviderApi. */
const moduleSchema = z.strictObject({ name: z.string().min(1), hosts, module: z.string() });

/** The schema of one provider API. */
export const providerSchema = z.union([z.enum(KNOWN_PROVIDERS), describedSchema, moduleSchema]);

/** One provider API with defaults filled in. The path of a module is absolute. */
export type ProviderDescription = z.output<typeof providerSchema>;

/** One provider API that is described as data. */
export type DescribedProvider = z.output<typeof describedSchema>;
