// M43: a HALF_OPEN breaker admits every call as a probe, instead of one.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { BreakerName } from '../../src/contract/tables.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function breakerAdmits(context: Context, name: BreakerName): Promise<boolean> {
  if (await referenceParts.breakerAdmits(context, name)) return true;
  const read = await context.env.store.transaction((tx) => tx.select('messaging_breakers', { name }));
  const isProbed = read.kind === 'committed' && read.value[0]?.state === 'HALF_OPEN';
  if (isProbed) tookEffect(context, 'M43');
  return isProbed;
}

/** The properties that M43 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M43',
  name: 'half-open-stampede',
  breaks: ['S15'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `breakerAdmits` replaced. */
export const system: System = sabotage({ breakerAdmits }, { name: 'M43-half-open-stampede', module: import.meta.url });
