// W04: the first failure opens the breaker.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { BreakerName } from '../../src/contract/tables.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function breakerRecords(context: Context, name: BreakerName, success: boolean): Promise<void> {
  const { env } = context;
  if (!success) tookEffect(context, 'W04');
  const settings = { ...env.settings, breakerFailures: 1 };
  return referenceParts.breakerRecords({ ...context, env: { ...env, settings } }, name, success);
}

/** The properties that W04 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W04',
  name: 'breaker-opens-at-once',
  breaks: ['S15'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `breakerRecords` replaced. */
export const system: System = sabotage(
  { breakerRecords },
  { name: 'W04-breaker-opens-at-once', module: import.meta.url },
);
