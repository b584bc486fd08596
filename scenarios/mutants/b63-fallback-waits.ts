// B63: a fallback first waits five seconds for the service to come back, longer than a user waits.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, FallbackCause } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

const PATIENCE_MS = 5_000;

async function legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void> {
  if (cause !== undefined) {
    tookEffect(context, 'B63');
    await context.env.sleep(PATIENCE_MS);
  }
  await referenceParts.legacySend(context, messages, cause);
}

/** The properties that B63 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B63',
  name: 'fallback-waits',
  breaks: ['L3'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `legacySend` replaced. */
export const system: System = sabotage({ legacySend }, { name: 'B63-fallback-waits', module: import.meta.url });
