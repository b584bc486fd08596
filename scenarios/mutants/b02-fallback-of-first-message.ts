// B02: a fallback sends the first message of its batch and forgets the others.
import type { Message } from '../../src/contract/message.ts';
import type { ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';

function decideFallback(
  call: ServiceCall,
  messages: readonly Message[],
): ReturnType<typeof referenceParts.decideFallback> {
  return referenceParts.decideFallback(call, messages.slice(0, 1));
}

/** The mutant. */
export const system: System = sabotage(
  { decideFallback },
  { name: 'B02-fallback-of-first-message', module: import.meta.url },
);
