// B06: recovery does nothing, even when messages are unfinished.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, RecoveryReport } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function recover(context: Context): Promise<RecoveryReport> {
  const left = await context.env.store.transaction((tx) => tx.select('campaign_sms', { settled: false }));
  if (left.kind === 'committed' && left.value.length > 0) tookEffect(context, 'B06');
  return { surfaced: 0, settled: 0, reentered: 0, pending: 0 };
}

/** The properties that B06 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B06',
  name: 'recovery-does-nothing',
  breaks: ['L1', 'L7'],
  lanes: ['sim'],
};

/** The reference with its part `recover` replaced. */
export const system: System = sabotage({ recover }, { name: 'B06-recovery-does-nothing', module: import.meta.url });
