// The replay token: one line that holds everything a run depends on, so that pasting it runs the same again.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { canonicalJson, sha256 } from '../platform/canonical-json.ts';
import { DocumentError } from '../platform/errors.ts';
import { scenarioSchema } from '../formats/scenario.ts';

const PREFIX = 'sim:v1:';
const CHECK_LENGTH = 8;
const MOST_BYTES = 1_000_000;

const offsetMicros = z.int().min(-60_000_000).max(60_000_000);

const replaySchema = z.strictObject({
  system: z.string().min(1).max(200),
  scenario: scenarioSchema,
  deviations: z
    .array(
      z.strictObject({
        site: z.string().max(100),
        key: z.string().max(400),
        attempt: z.int().min(0),
        choice: z.string().max(100),
      }),
    )
    .max(64),
  /** How far each machine's clock is off. */
  skewMicros: z.exactOptional(z.strictObject({ legacy: offsetMicros, service: offsetMicros })),
});

/** What a token stands for: a system by name, a scenario, and where the run left the undisturbed way. */
export type Replay = z.infer<typeof replaySchema>;

/** The token of a run. */
export function encodeReplay(replay: Replay): string {
  const text = canonicalJson(replaySchema.parse(replay));
  const packed = deflateRawSync(Buffer.from(text), { level: 9 }).toString('base64url');
  return `${PREFIX}${sha256(text).slice(0, CHECK_LENGTH)}${packed}`;
}

/** Whether a text claims to be a token. */
export function isReplayToken(text: string): boolean {
  return text.startsWith('sim:');
}

/** The run of a token; one DocumentError when it is none, was cut off or was altered. */
export function decodeReplay(token: string): Replay {
  const text = token.trim();
  if (!text.startsWith(PREFIX)) throw broken(`a text that begins with ${PREFIX}`, `'${text.slice(0, 20)}'`);
  const check = text.slice(PREFIX.length, PREFIX.length + CHECK_LENGTH);
  const json = unpack(text.slice(PREFIX.length + CHECK_LENGTH));
  if (json === undefined || sha256(json).slice(0, CHECK_LENGTH) !== check) {
    throw broken('a whole token', 'one that was cut off or altered');
  }
  const parsed = replaySchema.safeParse(JSON.parse(json));
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw broken(
    'a run that can be replayed',
    `${first?.path.join('.') ?? 'token'}: ${first?.message ?? 'is not valid'}`,
  );
}

function unpack(packed: string): string | undefined {
  try {
    return inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: MOST_BYTES }).toString('utf8');
  } catch {
    return undefined;
  }
}

function broken(expected: string, received: string): DocumentError {
  return new DocumentError(`replay token: expected ${expected}, received ${received}`, {
    hint: 'paste the whole line that the failed run printed',
  });
}
