// B05: a fallback sends without the log line that marks it as a fallback.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, FallbackCause } from '../../src/contract/parts.ts';
import type { Message } from '../../src/contract/message.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void> {
  if (cause !== undefined) tookEffect(context, 'B05');
  return referenceParts.legacySend(context, messages);
}

/** The properties that B05 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B05',
  name: 'fallback-unlogged',
  breaks: ['S21'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `legacySend` replaced. */
export const system: System = sabotage({ legacySend }, { name: 'B05-fallback-unlogged', module: import.meta.url });
