// M38: the fallback is decided for the whole batch: if the legacy app wins the authority over the first message, it sends all of them.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context, FallbackCause } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void> {
  const [first, ...others] = messages;
  if (first === undefined || cause === undefined) return referenceParts.legacySend(context, messages, cause);
  await referenceParts.legacySend(context, [first], cause);
  if (!(await isHeld(context, first))) return;
  if (others.length > 0) tookEffect(context, 'M38');
  await Promise.all(others.map((message) => sendUnheld(context, message)));
}

async function isHeld({ env }: Context, { messageUuid }: Message): Promise<boolean> {
  const outcome = await env.store.transaction((tx) => tx.select('send_authority', { message_uuid: messageUuid }));
  return outcome.kind === 'committed' && outcome.value[0]?.holder === 'legacy';
}

async function sendUnheld(context: Context, message: Message): Promise<void> {
  const credentials = await context.parts.loadCredentials(context, message);
  if (credentials !== undefined) await context.parts.callProvider(context, message, credentials);
}

/** The properties that M38 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M38',
  name: 'batch-granular-fallback',
  breaks: ['S3', 'S19', 'S20', 'S1'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `legacySend` replaced. */
export const system: System = sabotage(
  { legacySend },
  { name: 'M38-batch-granular-fallback', module: import.meta.url },
);
