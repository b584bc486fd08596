// Removes the credentials of a system from everything that the rig writes about it: histories, messages and steps.
import type { Credential } from '../formats/credential.ts';
import { OnesendError } from '../platform/errors.ts';

/** Replaces each credential by its place, such as `[.env: TOKEN]`, in all strings and keys of a plain value. */
export function masked<T>(value: T, credentials: readonly Credential[]): T {
  return credentials.length === 0 ? value : (maskedIn(value, secretsOf(credentials)) as T);
}

/** Does `work`; an error that it throws is masked in place and thrown again. */
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

type Secret = readonly [secret: string, shown: string];

/** The longest first: a URL contains its password, and must be replaced as a whole. */
function secretsOf(credentials: readonly Credential[]): Secret[] {
  return credentials
    .flatMap(({ secret, place }): Secret[] => partsOf(secret).map((part) => [part, `[${place}]`]))
    .toSorted(([a], [b]) => b.length - a.length);
}

/** The texts that must not be shown: the credential and, if it is a URL, also its password, encoded and decoded. */
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
