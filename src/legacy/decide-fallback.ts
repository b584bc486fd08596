// When the legacy app may compete for the authority in ON. To compete is not to send: the authority alone decides who does.
import type { Message } from '../contract/message.ts';
import type { FallbackCause, ServiceCall } from '../contract/parts.ts';

/** The runbook's three reasons. After a rejected request or a bad answer the messages wait for recovery instead. */
const CAUSES: ReadonlySet<FallbackCause> = new Set(['timeout', 'transport-failure', 'breaker-open']);

/** All messages of a call that failed for one of the three reasons. */
export function decideFallback(
  call: ServiceCall,
  messages: readonly Message[],
): { cause: FallbackCause; messages: readonly Message[] } | undefined {
  if (call.kind === 'answered' || !CAUSES.has(call.cause)) return undefined;
  return { cause: call.cause, messages };
}
