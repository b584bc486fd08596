// M01: a fallback sends even if it did not win the authority, as in the runbook: a timeout is treated as a permission to send.
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

/** The properties that M01 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M01',
  name: 'fallback-without-fence',
  breaks: ['S1', 'S2'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `legacySend` replaced. */
export const system: System = sabotage({ legacySend }, { name: 'M01-fallback-without-fence', module: import.meta.url });
