// M30: the service measures its lease by its own clock: while the lease lasts there, it sends even if begin-send was refused.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

const MICROS_PER_MS = 1_000;

function deliver(context: Context, message: Message): Promise<BatchResult> {
  const { env, parts } = context;
  const leaseUntil = env.now() + env.settings.leaseMs * MICROS_PER_MS;
  const beginSend: Parts['beginSend'] = async (_context, { messageUuid }, grant) => {
    const outcome = await env.store.transaction((tx) => tx.call('sa_begin_send', { messageUuid, ...grant }));
    if (outcome.kind !== 'committed' || outcome.value) return outcome.kind === 'committed';
    if (env.now() >= leaseUntil) return false;
    tookEffect(context, 'M30');
    return true;
  };
  return referenceParts.deliver({ ...context, parts: { ...parts, beginSend } }, message);
}

/** The properties that M30 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M30',
  name: 'lease-by-app-clock',
  breaks: ['S1', 'S2'],
  // All processes of the live lane share the clock of one machine.
  lanes: ['sim'],
};

/** The reference with its part `deliver` replaced. */
export const system: System = sabotage({ deliver }, { name: 'M30-lease-by-app-clock', module: import.meta.url });
