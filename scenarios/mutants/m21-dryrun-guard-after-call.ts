// M21: the dry-run guard stands behind the provider call that it was to prevent.
import type { BatchResult } from '../../src/contract/batch.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';

async function rehearse(context: Context, message: Message): Promise<BatchResult> {
  const { parts } = context;
  const credentials = await parts.loadCredentials(context, message);
  if (credentials !== undefined) await parts.callProvider(context, message, credentials);
  return referenceParts.rehearse(context, message);
}

/** The mutant. */
export const system: System = sabotage({ rehearse }, { name: 'M21-dryrun-guard-after-call', module: import.meta.url });
