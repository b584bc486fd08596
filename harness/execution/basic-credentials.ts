// The credentials of HTTP's Basic scheme, as the provider reads them.

/** The account that an Authorization header names; undefined for one of another scheme, or none. */
export function accountOf(authorization: string | null | undefined): string | undefined {
  const encoded = /^Basic (\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  return Buffer.from(encoded, 'base64').toString('utf8').split(':')[0];
}
