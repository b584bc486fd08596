// A pair whose SDK has the host of its provider built in.

/** The provider client of the pair: it calls one fixed host through a proxy, after the code `other`. */
export const sdkClient = (other: string): string => `
import { EnvHttpProxyAgent, fetch } from 'undici';
const dispatcher = new EnvHttpProxyAgent();
export async function sendSms(database, { tenantId, phone, body }) {
  const query = 'SELECT account, token FROM provider_credentials WHERE tenant_id = $1';
  const { account, token } = (await database.query(query, [tenantId])).rows[0];
  ${other}
  const answer = await fetch('https://api.twilio.com/2010-04-01/Accounts/' + account + '/Messages.json', {
    dispatcher,
    method: 'POST',
    headers: {
      authorization: 'Basic ' + Buffer.from(account + ':' + token).toString('base64'),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ To: phone, From: '+15005550006', Body: body }).toString(),
  });
  return answer.ok ? { status: 'accepted', id: (await answer.json()).sid } : { status: 'rejected', id: null };
}
`;

/** Code that calls another host and ignores the outcome. */
export const METRICS = "await fetch('https://metrics.example.com/sent', { dispatcher }).catch(() => undefined);";
