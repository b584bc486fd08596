// B60: the service rehearses without saying so.
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

/** What it is. */
export const mutant: MutantDescription = {
  id: 'B60',
  name: 'rehearsals-unlogged',
  breaks: ['S21'],
  lanes: ['sim', 'live'],
};

/** The mutant. */
export const system: System = sabotage({ rehearse }, { name: 'B60-rehearsals-unlogged', module: import.meta.url });
