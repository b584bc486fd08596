// B64: the service answers `duplicate` for messages that it has not finished in time, as if they had been accepted before.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

const receiveBatch: Parts['receiveBatch'] = async (context, ...asked) => {
  const { results } = await referenceParts.receiveBatch(context, ...asked);
  if (!results.some(({ status }) => status === 'in_progress')) return { results };
  tookEffect(context, 'B64');
  return {
    results: results.map((result) => ({
      ...result,
      status: result.status === 'in_progress' ? 'duplicate' : result.status,
    })),
  };
};

/** The properties that B64 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B64',
  name: 'unfinished-is-duplicate',
  breaks: ['S11'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `receiveBatch` replaced. */
export const system: System = sabotage(
  { receiveBatch },
  { name: 'B64-unfinished-is-duplicate', module: import.meta.url },
);
