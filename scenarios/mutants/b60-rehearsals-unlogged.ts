// B60: the service rehearses without logging DRY_RUN_NO_PROVIDER_CALL.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function rehearse(context: Context, message: Message): Promise<BatchResult> {
  tookEffect(context, 'B60');
  const log = (): void => {};
  return referenceParts.rehearse({ ...context, env: { ...context.env, log } }, message);
}

/** The properties that B60 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B60',
  name: 'rehearsals-unlogged',
  breaks: ['S21'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `rehearse` replaced. */
export const system: System = sabotage({ rehearse }, { name: 'B60-rehearsals-unlogged', module: import.meta.url });
