// M42: the breaker counts in its process, and each request of the legacy app has a process of its own: no count outlives its call.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { BreakerName } from '../../src/contract/tables.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function breakerRecords(context: Context, name: BreakerName, success: boolean): Promise<void> {
  if (success) return referenceParts.breakerRecords(context, name, success);
  tookEffect(context, 'M42');
  return Promise.resolve();
}

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M42',
  name: 'breaker-per-process',
  breaks: ['S15'],
  lanes: ['sim', 'live'],
};

/** The mutant. */
export const system: System = sabotage(
  { breakerRecords },
  { name: 'M42-breaker-per-process', module: import.meta.url },
);
