// B03: the legacy app does not fall back after a timeout; the messages wait for recovery.
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
  if (call.kind === 'answered' || call.cause !== 'timeout') {
    return referenceParts.decideFallback(context, call, messages);
  }
  tookEffect(context, 'B03');
  return undefined;
}

/** The gate that B03 fails, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B03',
  name: 'timeout-is-no-cause',
  breaks: [],
  gate: '1',
  lanes: ['sim', 'live'],
};

/** The reference with its part `decideFallback` replaced. */
export const system: System = sabotage(
  { decideFallback },
  { name: 'B03-timeout-is-no-cause', module: import.meta.url },
);
