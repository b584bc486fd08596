// N06: credentials are cached by provider alone, so every tenant sends with the account of the first tenant.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Env } from '../../src/contract/env.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

type Credentials = Awaited<ReturnType<typeof referenceParts.loadCredentials>>;

/** One cache per incarnation of a process, because each has its own Env. */
const caches = new WeakMap<Env, Map<string, Credentials>>();

async function loadCredentials(context: Context, message: Message): Promise<Credentials> {
  const cache = caches.get(context.env) ?? new Map<string, Credentials>();
  caches.set(context.env, cache);
  const known = cache.get(message.provider);
  if (known !== undefined && known.tenant_id !== message.tenantId) tookEffect(context, 'N06');
  const credentials = known ?? (await referenceParts.loadCredentials(context, message));
  cache.set(message.provider, credentials);
  return credentials;
}

/** The properties that N06 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'N06',
  name: 'credentials-of-first-tenant',
  breaks: ['S22'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `loadCredentials` replaced. */
export const system: System = sabotage(
  { loadCredentials },
  { name: 'N06-credentials-of-first-tenant', module: import.meta.url },
);
