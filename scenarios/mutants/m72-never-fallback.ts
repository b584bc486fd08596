// M72: the legacy app never falls back: nothing is sent twice, and nothing is sent while the service is down.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import { referenceParts } from '../../src/reference.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function decideFallback(context: Context, call: ServiceCall, messages: readonly Message[]): undefined {
  if (referenceParts.decideFallback(context, call, messages) !== undefined) tookEffect(context, 'M72');
  return undefined;
}

/** The properties that M72 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M72',
  name: 'never-fallback',
  breaks: ['L3'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `decideFallback` replaced. */
export const system: System = sabotage({ decideFallback }, { name: 'M72-never-fallback', module: import.meta.url });
