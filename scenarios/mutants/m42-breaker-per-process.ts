// M42: the breaker counts in memory, and each request to the legacy app has its own process: no count outlives a request.
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

/** The properties that M42 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M42',
  name: 'breaker-per-process',
  breaks: ['S15'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `breakerRecords` replaced. */
export const system: System = sabotage(
  { breakerRecords },
  { name: 'M42-breaker-per-process', module: import.meta.url },
);
