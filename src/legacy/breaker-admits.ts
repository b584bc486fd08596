// Asks the circuit breaker before a call. Its state is in the store, shared by all processes; all times are from the database's clock.
import type { Context } from '../contract/parts.ts';
import type { Settings } from '../contract/settings.ts';
import { anyOf, databaseTime, increment, olderThan, type Transaction } from '../contract/store.ts';
import type { BreakerName } from '../contract/tables.ts';

/**
 * CLOSED, or no row yet: true, without a lock. OPEN: false until `breakerProbeAfterMs` has passed. HALF_OPEN: true for `breakerProbes`
 * calls. If the breaker cannot be read, the call is admitted: the authority decides whether a message is sent, not the breaker.
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
  // A process that died during its probe records no outcome. After the budget of its call the probe is no longer in flight.
  const lapsed = await tx.update(
    'messaging_breakers',
    { name, state: 'HALF_OPEN', opened_at: olderThan(breakerProbeAfterMs + budgetMs) },
    firstProbe,
  );
  return lapsed.length > 0;
}
