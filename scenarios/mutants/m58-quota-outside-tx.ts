// M58: a message is settled in one transaction and charged in the next: a process that dies between the two never charges it.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function settle(context: Context, messages: readonly Message[], results: readonly BatchResult[]): Promise<void> {
  const due: Parameters<Parts['settleQuota']>[2][] = [];
  const settleQuota: Parts['settleQuota'] = (_context, _tx, settled) => {
    due.push(settled);
    return Promise.resolve();
  };
  await referenceParts.settle({ ...context, parts: { ...context.parts, settleQuota } }, messages, results);
  for (const settled of due) {
    tookEffect(context, 'M58');
    await context.env.store.transaction((tx) => referenceParts.settleQuota(context, tx, settled));
  }
}

/** The properties that M58 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M58',
  name: 'quota-outside-tx',
  breaks: ['S9', 'S10'],
  lanes: ['sim'],
};

/** The reference with its part `settle` replaced. */
export const system: System = sabotage({ settle }, { name: 'M58-quota-outside-tx', module: import.meta.url });
