// The prefix of all names of one run on a shared server. It holds when the run began, and the key of its lock.
import { randomBytes } from 'node:crypto';

/** A prefix, and what can be read from it. */
export interface RunPrefix {
  /** Such as `onesend_t5e0kq_3f09ab12_`: fit for names of databases, roles and proxies. */
  readonly text: string;
  readonly startedAtMs: number;
  /** The key of the lock that the run holds for as long as it lives. */
  readonly lockKey: number;
}

const PATTERN = /^onesend_([0-9a-z]+)_([0-9a-f]{8})_/;

/** A new, unique prefix. */
export function newRunPrefix(nowMs = Date.now()): RunPrefix {
  // The key of a lock is a signed number of 32 bits, and the server shows it unsigned. A number of 31 bits is the same in both forms.
  const lockKey = randomBytes(4).readUInt32BE() >>> 1;
  const seconds = Math.floor(nowMs / 1_000);
  const text = `onesend_${seconds.toString(36)}_${lockKey.toString(16).padStart(8, '0')}_`;
  return { text, startedAtMs: seconds * 1_000, lockKey };
}

/** The prefix of a name that a run has given; undefined for any other name. */
export function runPrefixOf(name: string): RunPrefix | undefined {
  const [text, seconds, key] = PATTERN.exec(name) ?? [];
  if (text === undefined || seconds === undefined || key === undefined) return undefined;
  return { text, startedAtMs: Number.parseInt(seconds, 36) * 1_000, lockKey: Number.parseInt(key, 16) };
}
