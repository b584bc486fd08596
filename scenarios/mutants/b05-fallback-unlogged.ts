// B05: a fallback sends without its line in the log.
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';

function legacySend(context: Context, messages: readonly Message[]): Promise<void> {
  return referenceParts.legacySend(context, messages);
}

/** The mutant. */
export const system: System = sabotage({ legacySend }, { name: 'B05-fallback-unlogged', module: import.meta.url });
