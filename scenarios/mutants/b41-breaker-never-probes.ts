// B41: an OPEN breaker never admits a probe.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { BreakerName } from '../../src/contract/tables.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function breakerAdmits(context: Context, name: BreakerName): Promise<boolean> {
  const open = await context.env.store.transaction((tx) => tx.select('messaging_breakers', { name, state: 'OPEN' }));
  if (open.kind !== 'committed' || open.value.length === 0) return referenceParts.breakerAdmits(context, name);
  tookEffect(context, 'B41');
  return false;
}

/** The properties that B41 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B41',
  name: 'breaker-never-probes',
  breaks: ['L6'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `breakerAdmits` replaced. */
export const system: System = sabotage(
  { breakerAdmits },
  { name: 'B41-breaker-never-probes', module: import.meta.url },
);
