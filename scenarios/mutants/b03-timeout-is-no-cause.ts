// B03: only a connection that failed is a reason to fall back; after a timeout the messages wait for recovery.
import type { Message } from '../../src/contract/message.ts';
import type { ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';

function decideFallback(
  call: ServiceCall,
  messages: readonly Message[],
): ReturnType<typeof referenceParts.decideFallback> {
  if (call.kind === 'failed' && call.cause === 'timeout') return undefined;
  return referenceParts.decideFallback(call, messages);
}

/** The mutant. */
export const system: System = sabotage(
  { decideFallback },
  { name: 'B03-timeout-is-no-cause', module: import.meta.url },
);
