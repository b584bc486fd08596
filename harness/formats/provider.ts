// The APIs of providers that a pair of systems sends by: known ones by name, one that is described, or a module of the author's.
import { z } from 'zod';

/** The provider APIs that Onesend knows. */
export const KNOWN_PROVIDERS = ['twilio', 'vonage'] as const;

const hosts = z.array(z.string().min(1)).default([]);

/** An answer of the API. In its texts `${id}`, `${recipient}` and `${body}` stand for those of the message. */
const answer = (status: number) =>
  z.strictObject({ status: z.int().min(200).max(599).default(status), body: z.unknown().default({}) }).prefault({});

/** An API with requests of one message each, as data. Places are as in `protocol`. */
const describedSchema = z.strictObject({
  name: z.string().min(1),
  /** The hosts that stand for it in the code of an SDK; requests to them are answered too. */
  hosts,
  method: z.enum(['POST', 'PUT', 'GET']).default('POST'),
  /** `:NAME` stands for one segment. */
  path: z.string().startsWith('/'),
  content: z.enum(['json', 'form']).default('json'),
  /** Places in the request. */
  recipient: z.string(),
  body: z.string(),
  /** The account in whose name it is sent. Of an Authorization header it is the user of Basic, or what follows Bearer. */
  account: z.string(),
  /** Places where something must be beside these. */
  requires: z.array(z.string()).default([]),
  accepted: answer(201),
  rejected: answer(400),
  /** When the API itself fails, whether or not it took the message. */
  failed: answer(500),
});

/** A module in JavaScript that exports as its default what a ProviderApi is. */
const moduleSchema = z.strictObject({ name: z.string().min(1), hosts, module: z.string() });

/** One API of a provider. */
export const providerSchema = z.union([z.enum(KNOWN_PROVIDERS), describedSchema, moduleSchema]);

/** One API of a provider, with its defaults. The file of a module is absolute. */
export type ProviderDescription = z.output<typeof providerSchema>;

/** One that is described by data. */
export type DescribedProvider = z.output<typeof describedSchema>;
