// B21: a process that is asked to end does so at once and abandons its work.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, Ending } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function shutdown(context: Context, ending: Ending): Promise<void> {
  ending.stopAccepting();
  tookEffect(context, 'B21');
  return Promise.resolve();
}

/** The properties that B21 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B21',
  name: 'ends-at-once',
  breaks: ['L2'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `shutdown` replaced. */
export const system: System = sabotage({ shutdown }, { name: 'B21-ends-at-once', module: import.meta.url });
