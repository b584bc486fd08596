// The provider's API on the wire, which has the shape of Twilio's: where messages are posted, and by which account.

/** The path that messages are posted to; `:account` is a placeholder. */
export const MESSAGES_PATH = '/2010-04-01/Accounts/:account/Messages.json';

/** The account in an Authorization header of HTTP's Basic scheme; undefined for another scheme or no header. */
export function accountOf(authorization: string | null | undefined): string | undefined {
  const encoded = /^Basic (\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  return Buffer.from(encoded, 'base64').toString('utf8').split(':')[0];
}
