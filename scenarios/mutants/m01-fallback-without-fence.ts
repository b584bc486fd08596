// M01: a fallback sends whether or not it has won the authority, as the runbook says: a timeout is taken for a permission.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Claim } from '../../src/contract/authority.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, FallbackCause, Grant } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

/** An epoch that no row has: what is done under it changes nothing. */
const NO_EPOCH = 0;

function legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void> {
  if (cause === undefined) return referenceParts.legacySend(context, messages);
  const parts = { ...context.parts, claim: claimOrPretend, beginSend: beginSendAnyway };
  return referenceParts.legacySend({ ...context, parts }, messages, cause);
}

async function claimOrPretend(context: Context, message: Message, token: string): Promise<Claim> {
  const claim = await referenceParts.claim(context, message, token);
  if (claim?.kind === 'granted') return claim;
  tookEffect(context, 'M01');
  return { kind: 'granted', epoch: NO_EPOCH };
}

async function beginSendAnyway(context: Context, message: Message, grant: Grant): Promise<boolean> {
  await referenceParts.beginSend(context, message, grant);
  return true;
}

/** What it is. */
export const mutant: MutantDescription = {
  id: 'M01',
  name: 'fallback-without-fence',
  breaks: ['S1', 'S2'],
  lanes: ['sim', 'live'],
};

/** The mutant. */
export const system: System = sabotage({ legacySend }, { name: 'M01-fallback-without-fence', module: import.meta.url });
