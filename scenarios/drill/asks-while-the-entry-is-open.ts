// The legacy app calls the service for the messages of an entry before their uuids are committed, and uses the answer after the commit.
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { Context, Entry, EntryRequest, ServiceCall } from '../../src/contract/parts.ts';
import type { Store } from '../../src/contract/store.ts';
import type { System } from '../../src/contract/system.ts';
import { batchRequestOf } from '../../src/legacy/batch-request.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from '../mutants/sabotage.ts';

/** Answers that arrived before the commit of the entry, by the JSON of the request. */
const answers = new Map<string, ServiceCall>();

function openEntry(context: Context, request: EntryRequest): Promise<Entry> {
  const { store } = context.env;
  const asking: Store = {
    transaction: (work, options) =>
      store.transaction(async (tx) => {
        const value = await work(tx);
        await ask(context, value as Entry);
        return value;
      }, options),
  };
  const env = Object.create(context.env, { store: { value: asking } }) as Context['env'];
  return referenceParts.openEntry({ ...context, env }, request);
}

async function ask(context: Context, { tenantId, campaignId, groups }: Entry): Promise<void> {
  for (const { mode, messages } of groups.filter((group) => group.mode === 'ON')) {
    const request = batchRequestOf({ tenantId, campaignId, mode, messages }, { dryRun: false });
    answers.set(JSON.stringify(request), await referenceParts.callService(context, request));
  }
}

async function callService(context: Context, request: BatchRequest): Promise<ServiceCall> {
  const key = JSON.stringify(request);
  const early = answers.get(key);
  answers.delete(key);
  return early ?? referenceParts.callService(context, request);
}

/** The reference with `openEntry` and `callService` replaced. */
export const system: System = sabotage(
  { openEntry, callService },
  { name: 'asks-while-the-entry-is-open', module: import.meta.url },
);
