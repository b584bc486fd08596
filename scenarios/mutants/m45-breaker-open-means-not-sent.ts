// M45: the legacy app takes an OPEN breaker to mean that the service never had the message, and sends without winning the authority.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, FallbackCause } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { unfenced } from './unfenced.ts';

function legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void> {
  if (cause !== 'breaker-open') return referenceParts.legacySend(context, messages, cause);
  const parts = { ...context.parts, ...unfenced('M45') };
  return referenceParts.legacySend({ ...context, parts }, messages, cause);
}

/** The properties that M45 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M45',
  name: 'breaker-open-means-not-sent',
  breaks: ['S1', 'S2'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `legacySend` replaced. */
export const system: System = sabotage(
  { legacySend },
  { name: 'M45-breaker-open-means-not-sent', module: import.meta.url },
);
