// M14: the service keeps the uuids that it has received in memory: they are lost when its process ends, and each process has its own.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Env } from '../../src/contract/env.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { deliverUnlessKnown } from './deliver-unless-known.ts';
import { sabotage } from './sabotage.ts';

/** The uuids that each process has received. */
const memories = new WeakMap<Env, Set<string>>();

function isRemembered({ env }: Context, { messageUuid }: Message): Promise<boolean> {
  const memory = memories.get(env) ?? new Set();
  memories.set(env, memory);
  const isKnown = memory.has(messageUuid);
  memory.add(messageUuid);
  return Promise.resolve(isKnown);
}

/** The properties that M14 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M14',
  name: 'idempotency-in-memory',
  breaks: ['S1'],
  lanes: ['sim'],
};

/** The reference with its part `deliver` replaced. */
export const system: System = sabotage(
  { deliver: deliverUnlessKnown('M14', isRemembered) },
  { name: 'M14-idempotency-in-memory', module: import.meta.url },
);
