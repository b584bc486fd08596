// B71: the service answers `duplicate` for a uuid that comes again with another payload, as if that payload had been sent.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { System } from '../../src/contract/system.ts';
import { admit } from '../../src/service/admit.ts';
import { resultOf } from '../../src/service/batch-result.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

/** The properties that B71 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B71',
  name: 'conflict-is-duplicate',
  breaks: ['S18'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `admit` replaced. */
export const system: System = sabotage(
  {
    async admit(context, message) {
      const admission = await admit(context, message);
      if (admission.kind === 'granted' || admission.result.status !== 'conflict') return admission;
      tookEffect(context, 'B71');
      return { kind: 'answered', result: resultOf(message, 'duplicate') };
    },
  },
  { name: 'B71-conflict-is-duplicate', module: import.meta.url },
);
