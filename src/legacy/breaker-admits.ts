// The breaker's question before a call. Its state lives in the store, for the whole fleet; all times are the database's.
import type { Context } from '../contract/parts.ts';
import type { Settings } from '../contract/settings.ts';
import { anyOf, databaseTime, increment, olderThan, type Transaction } from '../contract/store.ts';
import type { BreakerName } from '../contract/tables.ts';

/**
 * CLOSED, or never written: yes, without a lock. OPEN: no, until its time is up. HALF_OPEN: as many as there are probes.
 * A breaker that cannot be read admits: whether a message may be sent is for the authority to decide, not for the breaker.
 */
export async function breakerAdmits(context: Context, name: BreakerName): Promise<boolean> {
  const { env } = context;
  const outcome = await env.store.transaction(async (tx) => {
    const [breaker] = await tx.select('messaging_breakers', { name });
    if (breaker === undefined || breaker.state === 'CLOSED') return true;
    return admitsProbe(tx, name, env.settings);
  });
  if (outcome.kind === 'committed') return outcome.value;
  env.log(`BREAKER_UNREADABLE: name=${name}`);
  return true;
}

async function admitsProbe(tx: Transaction, name: BreakerName, settings: Settings): Promise<boolean> {
  const { breakerProbeAfterMs, breakerProbes, budgetMs } = settings;
  const firstProbe = { state: 'HALF_OPEN', probes: 1, opened_at: databaseTime() } as const;
  const due = await tx.update(
    'messaging_breakers',
    { name, state: 'OPEN', opened_at: olderThan(breakerProbeAfterMs) },
    firstProbe,
  );
  if (due.length > 0) return true;
  const places = Array.from({ length: breakerProbes }, (_, taken) => taken);
  const spare = await tx.update(
    'messaging_breakers',
    { name, state: 'HALF_OPEN', probes: anyOf(places) },
    { probes: increment(1), opened_at: databaseTime() },
  );
  if (spare.length > 0) return true;
  // A probe whose process died reports nothing. Once its budget is over it is no longer in flight.
  const lapsed = await tx.update(
    'messaging_breakers',
    { name, state: 'HALF_OPEN', opened_at: olderThan(breakerProbeAfterMs + budgetMs) },
    firstProbe,
  );
  return lapsed.length > 0;
}
