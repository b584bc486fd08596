// M21: the dry-run guard stands behind the provider call that it was to prevent.
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

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M21',
  name: 'dryrun-guard-after-call',
  breaks: ['S5', 'S4', 'S1'],
  lanes: ['sim', 'live'],
};

/** The mutant. */
export const system: System = sabotage({ rehearse }, { name: 'M21-dryrun-guard-after-call', module: import.meta.url });
