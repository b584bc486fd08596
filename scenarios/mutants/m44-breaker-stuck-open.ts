// M44: a failure that is recorded while the breaker is OPEN erases the time at which it opened, so it never probes.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { BreakerName } from '../../src/contract/tables.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function breakerRecords(context: Context, name: BreakerName, success: boolean): Promise<void> {
  if (!success && (await stopClock(context, name))) tookEffect(context, 'M44');
  else await referenceParts.breakerRecords(context, name, success);
}

async function stopClock({ env }: Context, name: BreakerName): Promise<boolean> {
  const stopped = await env.store.transaction((tx) =>
    tx.update('messaging_breakers', { name, state: 'OPEN' }, { opened_at: null }),
  );
  return stopped.kind === 'committed' && stopped.value.length > 0;
}

/** The properties that M44 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M44',
  name: 'breaker-stuck-open',
  breaks: ['L6'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `breakerRecords` replaced. */
export const system: System = sabotage({ breakerRecords }, { name: 'M44-breaker-stuck-open', module: import.meta.url });
