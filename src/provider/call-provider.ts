// One call to the provider's API, which has the form of Twilio's. It is never retried: the provider supports no idempotency key.
import { stringify } from 'node:querystring';
import type { Delivery, Message } from '../contract/message.ts';
import type { Context } from '../contract/parts.ts';
import type { RowOf } from '../contract/tables.ts';

/** The sender's number. */
const SENDER = '+15005550006';

/** Sends one message from the tenant's account. */
export async function callProvider(
  context: Context,
  message: Message,
  credentials: RowOf<'provider_credentials'>,
): Promise<Delivery> {
  const { env, parts } = context;
  const account = encodeURIComponent(credentials.account);
  const secret = Buffer.from(`${credentials.account}:${credentials.token}`, 'utf8').toString('base64');
  const outcome = await env.http.post({
    url: `${env.settings.providerUrl}/2010-04-01/Accounts/${account}/Messages.json`,
    body: stringify({ To: message.recipient, From: SENDER, Body: message.body }),
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${secret}` },
    timeouts: { totalMs: env.settings.providerTimeoutMs },
  });
  return parts.classifyDelivery(context, outcome);
}
