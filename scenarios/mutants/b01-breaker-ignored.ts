// B01: the breaker counts failures and opens, but the legacy app calls the service without asking it.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import { referenceParts } from '../../src/reference.ts';
import type { BreakerName } from '../../src/contract/tables.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function breakerAdmits(context: Context, name: BreakerName): Promise<boolean> {
  const admits = await referenceParts.breakerAdmits(context, name);
  if (!admits) tookEffect(context, 'B01');
  return true;
}

/** The properties that B01 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B01',
  name: 'breaker-ignored',
  breaks: ['S15'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `breakerAdmits` replaced. */
export const system: System = sabotage({ breakerAdmits }, { name: 'B01-breaker-ignored', module: import.meta.url });
