// When the legacy app competes for the authority in ON. It sends only what it wins: the authority alone decides which system sends.
import type { Message } from '../contract/message.ts';
import type { FallbackCause, ServiceCall } from '../contract/parts.ts';

/** The runbook's three reasons for a fallback. After a rejected request or a bad answer the messages wait for recovery instead. */
const CAUSES: ReadonlySet<FallbackCause> = new Set(['timeout', 'transport-failure', 'breaker-open']);

/** All messages of a call that failed for one of the three reasons, with the reason; otherwise undefined. */
export function decideFallback(
  call: ServiceCall,
  messages: readonly Message[],
): { cause: FallbackCause; messages: readonly Message[] } | undefined {
  if (call.kind === 'answered' || !CAUSES.has(call.cause)) return undefined;
  return { cause: call.cause, messages };
}
