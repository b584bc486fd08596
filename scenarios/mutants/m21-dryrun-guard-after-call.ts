// M21: the dry-run guard comes after the provider call that it should prevent.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function rehearse(context: Context, message: Message): Promise<BatchResult> {
  const { parts } = context;
  const credentials = await parts.loadCredentials(context, message);
  if (credentials === undefined) return referenceParts.rehearse(context, message);
  tookEffect(context, 'M21');
  await parts.callProvider(context, message, credentials);
  return referenceParts.rehearse(context, message);
}

/** The properties that M21 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M21',
  name: 'dryrun-guard-after-call',
  breaks: ['S5', 'S4', 'S1'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `rehearse` replaced. */
export const system: System = sabotage({ rehearse }, { name: 'M21-dryrun-guard-after-call', module: import.meta.url });
