// Keeps credentials that a system may have out of all that the rig says of it: histories, messages and steps.
import type { Credential } from '../formats/credential.ts';
import { OnesendError } from '../platform/errors.ts';

/** Puts the place of a credential where its value stood, in all texts of a plain value. */
export function masked<T>(value: T, credentials: readonly Credential[]): T {
  return credentials.length === 0 ? value : (maskedIn(value, secretsOf(credentials)) as T);
}

/** Does some work whose errors hold no credentials. */
export async function withMaskedErrors<T>(credentials: readonly Credential[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (credentials.length > 0 && error instanceof Error) maskError(error, credentials);
    throw error;
  }
}

function maskError(error: Error, credentials: readonly Credential[]): void {
  const { message, stack = '' } = error;
  Object.assign(error, masked({ message, stack }, credentials));
  if (error instanceof OnesendError) {
    const { hint, details } = error;
    Object.assign(error, masked({ hint, details }, credentials));
  }
}

/** A value, and what stands for it. */
type Secret = readonly [secret: string, shown: string];

/** The longest first: a URL holds its password. */
function secretsOf(credentials: readonly Credential[]): Secret[] {
  return credentials
    .flatMap(({ secret, place }): Secret[] => partsOf(secret).map((part) => [part, `[${place}]`]))
    .toSorted(([a], [b]) => b.length - a.length);
}

/** What of a credential must not be shown: all of it and, of a URL, its password too. */
function partsOf(secret: string): string[] {
  if (!URL.canParse(secret)) return [secret];
  const { password } = new URL(secret);
  return password === '' ? [secret] : [secret, password, decodeURIComponent(password)];
}

function maskedIn(value: unknown, secrets: readonly Secret[]): unknown {
  if (typeof value === 'string')
    return secrets.reduce((text, [secret, shown]) => text.replaceAll(secret, shown), value);
  if (Array.isArray(value)) return value.map((each) => maskedIn(each, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [maskedIn(key, secrets), maskedIn(inner, secrets)]),
  );
}
