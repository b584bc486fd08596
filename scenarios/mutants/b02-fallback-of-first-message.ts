// B02: a fallback sends the first message of its batch and forgets the others.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, ServiceCall } from '../../src/contract/parts.ts';
import type { Message } from '../../src/contract/message.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function decideFallback(
  context: Context,
  call: ServiceCall,
  messages: readonly Message[],
): ReturnType<typeof referenceParts.decideFallback> {
  const decided = referenceParts.decideFallback(context, call, messages.slice(0, 1));
  if (decided !== undefined && messages.length > 1) tookEffect(context, 'B02');
  return decided;
}

/** The properties that B02 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B02',
  name: 'fallback-of-first-message',
  breaks: ['L3'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `decideFallback` replaced. */
export const system: System = sabotage(
  { decideFallback },
  { name: 'B02-fallback-of-first-message', module: import.meta.url },
);
