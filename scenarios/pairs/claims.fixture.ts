// Claims: the system that claims a message first sends it, and the claim records the outcome of the send.
import type { Pool } from 'pg';
import type { Outcome, Outgoing } from './wire.fixture.ts';

/** The legacy app or the service. */
export type Holder = 'old' | 'new';

/** The claim on a message: a `queued` message waits in the service, a `held` one is being sent. */
export interface Claim {
  readonly holder: Holder;
  readonly state: 'queued' | 'held' | 'sent' | 'refused' | 'doubtful';
  readonly sid: string | null;
}

/** The URL of the provider, and the database with the tenants' accounts. */
export interface Surroundings {
  readonly database: Pool;
  readonly providerUrl: string;
}

/** Claims a message; false if it is already claimed. */
export async function claim(database: Pool, { ref, holder }: { ref: string; holder: Holder }): Promise<boolean> {
  const text = "INSERT INTO claims (ref, holder, state) VALUES ($1, $2, 'held') ON CONFLICT DO NOTHING";
  const { rowCount } = await database.query(text, [ref, holder]);
  return rowCount === 1;
}

/** The claim on a message; undefined when there is none. */
export async function claimOn(database: Pool, ref: string): Promise<Claim | undefined> {
  const { rows } = await database.query<Claim>('SELECT holder, state, sid FROM claims WHERE ref = $1', [ref]);
  return rows[0];
}

/** Sends a claimed message once, and records the outcome. */
export async function sendClaimed(
  { database, providerUrl }: Surroundings,
  { tenant, message }: { tenant: number; message: Outgoing },
): Promise<Outcome> {
  const { rows } = await database.query<{ sid: string; token: string }>(
    'SELECT sid, token FROM accounts WHERE tenant = $1',
    [tenant],
  );
  const account = rows[0] ?? { sid: '', token: '' };
  const { state, sid } = await callProvider(providerUrl, { account, message });
  const text = 'UPDATE claims SET state = $2, sid = $3, at = clock_timestamp() WHERE ref = $1';
  await database.query(text, [message.ref, state, sid]);
  return { ref: message.ref, state, sid };
}

async function callProvider(
  providerUrl: string,
  { account, message }: { account: { sid: string; token: string }; message: Outgoing },
): Promise<{ state: 'sent' | 'refused' | 'doubtful'; sid: string | null }> {
  try {
    const answer = await fetch(`${providerUrl}/2010-04-01/Accounts/${account.sid}/Messages.json`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${account.sid}:${account.token}`).toString('base64')}` },
      body: new URLSearchParams({ To: message.number, From: '+15005550006', Body: message.words }),
      signal: AbortSignal.timeout(1_000),
    });
    if (answer.ok) return { state: 'sent', sid: ((await answer.json()) as { sid: string }).sid };
    return { state: answer.status < 500 ? 'refused' : 'doubtful', sid: null };
  } catch {
    return { state: 'doubtful', sid: null };
  }
}
