// M10: a fallback gives its messages new uuids, so it competes with no other attempt for them.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, FallbackCause } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void> {
  if (cause === undefined) return referenceParts.legacySend(context, messages);
  tookEffect(context, 'M10');
  const renamed = messages.map((message) => ({ ...message, messageUuid: context.env.uuid() }));
  return referenceParts.legacySend(context, renamed, cause);
}

/** The properties that M10 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M10',
  name: 'uuid-in-fallback',
  breaks: ['S6', 'S1'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `legacySend` replaced. */
export const system: System = sabotage({ legacySend }, { name: 'M10-uuid-in-fallback', module: import.meta.url });
