// M01: a fallback sends whether or not it has won the authority, as the runbook says: a timeout is treated as a permission.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, FallbackCause } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { unfenced } from './unfenced.ts';

function legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void> {
  if (cause === undefined) return referenceParts.legacySend(context, messages);
  const parts = { ...context.parts, ...unfenced('M01') };
  return referenceParts.legacySend({ ...context, parts }, messages, cause);
}

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M01',
  name: 'fallback-without-fence',
  breaks: ['S1', 'S2'],
  lanes: ['sim', 'live'],
};

/** The mutant. */
export const system: System = sabotage({ legacySend }, { name: 'M01-fallback-without-fence', module: import.meta.url });
