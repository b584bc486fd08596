// A small pair of systems for tests of the lane, without any protection: it falls back on any failure, uses no authority and keeps no log.
import type { Procedures, ProcedureName } from '../../src/contract/authority.ts';
import { TIMED_OUT, type Env } from '../../src/contract/env.ts';
import type { HttpRequest, HttpResponse } from '../../src/contract/http.ts';
import type { Parts } from '../../src/contract/parts.ts';
import { DEFAULT_READINGS } from '../../src/contract/readings.ts';
import type { Procedure, System } from '../../src/contract/system.ts';
import type { RowOf } from '../../src/contract/tables.ts';

type Item = RowOf<'campaign_sms'>;

/** What a toy does besides sending. */
export interface ToyOptions {
  /** Called by the legacy app at each entry. */
  readonly atEntry?: (env: Env) => Promise<void> | void;
}

/** Makes a toy system. */
export function toySystem(options: ToyOptions = {}): System {
  return {
    name: 'toy',
    module: import.meta.url,
    readings: DEFAULT_READINGS,
    // The lane boots a system and does not read its parts.
    parts: {} as Parts,
    procedures: new Proxy({} as System['procedures'], { get: (_, name) => absent(String(name)) }),
    grants: [
      { role: 'legacy', table: 'campaign_sms', privileges: ['SELECT', 'UPDATE'] },
      { role: 'service', table: 'go_sms_logs', privileges: ['INSERT', 'SELECT'] },
    ],
    migrations: [],
    boot: (env, role) => ({
      handle: (request) => (role === 'legacy' ? legacy(env, options, request) : service(env, request)),
    }),
  };
}

async function legacy(env: Env, options: ToyOptions, { path }: HttpRequest): Promise<HttpResponse> {
  if (path === '/recover') return { status: 200, body: '{"pending":0}' };
  await options.atEntry?.(env);
  env.now();
  const campaignId = Number(path.split('/')[2]);
  const entry = await env.store.transaction(async (tx) => {
    const items: Item[] = [];
    for (const item of await tx.select('campaign_sms', { campaign_id: campaignId }, { forUpdate: true })) {
      const uuid = item.message_uuid ?? env.uuid();
      items.push(...(await tx.update('campaign_sms', { id: item.id }, { message_uuid: uuid, mode: 'ON' })));
    }
    return items;
  });
  if (entry.kind !== 'committed') return { status: 500, body: '{}' };
  const outcome = await env.http.post({
    url: `${env.settings.serviceUrl}/v1/batches`,
    headers: {},
    timeouts: { totalMs: env.settings.budgetMs },
    body: JSON.stringify({
      tenant_id: entry.value[0]?.tenant_id,
      campaign_id: campaignId,
      dry_run: false,
      messages: entry.value.map((item) => ({
        message_uuid: item.message_uuid,
        recipient: item.phone,
        body: item.body,
        provider: item.provider,
      })),
    }),
  });
  if (outcome.kind === 'failure' || outcome.status !== 200) {
    for (const item of entry.value) await send(env, item.phone, item.body);
  }
  env.log(`outcome ${outcome.kind === 'failure' ? outcome.reason : outcome.status}`);
  return { status: 200, body: '{}' };
}

async function service(env: Env, request: HttpRequest): Promise<HttpResponse> {
  env.now();
  const batch = JSON.parse(request.body) as { messages: { message_uuid: string; recipient: string; body: string }[] };
  const results = await Promise.all(
    batch.messages.map(async ({ message_uuid: uuid, recipient, body }) => {
      const sent = await env.within(env.settings.answerByMs, send(env, recipient, body));
      return { message_uuid: uuid, status: sent === TIMED_OUT ? 'in_progress' : sent, provider_message_id: null };
    }),
  );
  return { status: 200, body: JSON.stringify({ results }) };
}

async function send(env: Env, recipient: string, body: string): Promise<string> {
  const outcome = await env.http.post({
    url: `${env.settings.providerUrl}/2010-04-01/Accounts/AC1/Messages.json`,
    headers: { authorization: `Basic ${Buffer.from('AC1:token').toString('base64')}` },
    timeouts: { totalMs: env.settings.providerTimeoutMs },
    body: new URLSearchParams({ To: recipient, Body: body }).toString(),
  });
  if (outcome.kind === 'failure') return outcome.definite ? 'rejected' : 'unknown';
  return outcome.status < 300 ? 'accepted' : outcome.status < 500 ? 'rejected' : 'unknown';
}

function absent(name: string): Procedure<ProcedureName> {
  return {
    sql: '',
    twin: (): Promise<Procedures[ProcedureName]['result']> =>
      Promise.reject(new Error(`the toy has no procedure ${name}`)),
  };
}
