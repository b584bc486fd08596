// B07: the legacy app calls the service for the messages of an entry twice: inside the transaction that stores their uuids, and after its
// COMMIT.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Env } from '../../src/contract/env.ts';
import type { Context, Entry, EntryRequest } from '../../src/contract/parts.ts';
import type { Store, Transaction } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { batchRequestOf } from '../../src/legacy/batch-request.ts';
import { messageOf } from '../../src/legacy/message-of.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function openEntry(context: Context, request: EntryRequest): Promise<Entry> {
  const { env } = context;
  const store: Store = {
    transaction: (work, options) =>
      env.store.transaction(async (tx) => {
        const result = await work(tx);
        await askEarly(context, tx, request);
        return result;
      }, options),
  };
  return referenceParts.openEntry({ ...context, env: withStore(env, store) }, request);
}

async function askEarly(context: Context, tx: Transaction, { campaignId }: EntryRequest): Promise<void> {
  const rows = await tx.select('campaign_sms', { campaign_id: campaignId, mode: 'ON', settled: false });
  const messages = rows.flatMap((row) => (row.message_uuid === null ? [] : [messageOf(row, row.message_uuid)]));
  const [first] = rows;
  if (first === undefined || messages.length === 0) return;
  tookEffect(context, 'B07');
  const batch = { tenantId: first.tenant_id, campaignId, mode: 'ON', messages } as const;
  await context.parts.callService(context, batchRequestOf(batch, { dryRun: false }));
}

function withStore(env: Env, store: Store): Env {
  const { http, settings } = env;
  return {
    http,
    settings,
    store,
    now: () => env.now(),
    sleep: (ms) => env.sleep(ms),
    within: (ms, work) => env.within(ms, work),
    spawn: (name, work) => env.spawn(name, work),
    uuid: () => env.uuid(),
    log: (line) => env.log(line),
  };
}

/** The properties that B07 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B07',
  name: 'asks-before-commit',
  breaks: ['S6', 'S14'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `openEntry` replaced. */
export const system: System = sabotage({ openEntry }, { name: 'B07-asks-before-commit', module: import.meta.url });
