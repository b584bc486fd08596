// The replay token: one line with everything that a simulated run depends on. A user who pastes it gets the same run again.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { canonicalJson, sha256 } from '../platform/canonical-json.ts';
import { DocumentError } from '../platform/errors.ts';
import { type Case, caseSchema } from './case.ts';

const VERSION = 2;
const PREFIX = `sim:v${VERSION}:`;
const CHECK_LENGTH = 8;
const BYTES_MAX = 1_000_000;

/** Finds a token in a text. */
export const REPLAY_TOKEN = new RegExp(`${PREFIX}[\\w-]+`);

const tokenSchema = z.strictObject({ system: z.string().min(1).max(200), ...caseSchema.shape });

/** The content of a token: a case, and the name of the system. */
export interface ReplayedCase {
  readonly system: string;
  readonly case: Case;
}

/** The token of a case and a system. */
export function replayToken(system: string, { scenario, deviations }: Case): string {
  const text = canonicalJson(tokenSchema.parse({ system, scenario, deviations }));
  const packed = deflateRawSync(Buffer.from(text), { level: 9 }).toString('base64url');
  return `${PREFIX}${checkOf(packed)}${packed}`;
}

/** Whether a text is meant as a token; it can still be invalid. */
export function isReplayToken(text: string): boolean {
  return text.startsWith('sim:');
}

/** Reads a token; throws a DocumentError if the text is no token, has another version, was cut off or was altered. */
export function readReplayToken(token: string): ReplayedCase {
  const text = token.trim();
  const version = /^sim:v(\d+):/.exec(text)?.[1];
  if (version !== undefined && version !== String(VERSION)) throw otherVersion(version);
  if (!text.startsWith(PREFIX)) throw broken(`a text that begins with ${PREFIX}`, `'${text.slice(0, 20)}'`);
  const check = text.slice(PREFIX.length, PREFIX.length + CHECK_LENGTH);
  const packed = text.slice(PREFIX.length + CHECK_LENGTH);
  const json = check === checkOf(packed) ? unpack(packed) : undefined;
  if (json === undefined) throw broken('a whole token', 'one that was cut off or altered');
  const parsed = tokenSchema.safeParse(JSON.parse(json));
  if (parsed.success) {
    const { system, scenario, deviations } = parsed.data;
    return { system, case: { scenario, deviations } };
  }
  const first = parsed.error.issues[0];
  throw broken(
    'a run that can be replayed',
    `${first?.path.join('.') ?? 'token'}: ${first?.message ?? 'is not valid'}`,
  );
}

/**
 * A checksum of the packed text, not of its content: unpacking ignores some bits, and a token with one of them altered must be refused too.
 */
function checkOf(packed: string): string {
  return sha256(packed).slice(0, CHECK_LENGTH);
}

function unpack(packed: string): string | undefined {
  try {
    return inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: BYTES_MAX }).toString('utf8');
  } catch {
    return undefined;
  }
}

function otherVersion(version: string): DocumentError {
  return new DocumentError(`replay token: expected version ${VERSION}, received version ${version}`, {
    hint: 'replay it with the Onesend that printed it, or search again with this one',
  });
}

function broken(expected: string, received: string): DocumentError {
  return new DocumentError(`replay token: expected ${expected}, received ${received}`, {
    hint: 'paste the whole line that the failed run printed',
  });
}
