// Records the outcome of a call in the circuit breaker. A success in CLOSED changes no row, so such calls wait for no row lock.
import type { Context } from '../contract/parts.ts';
import type { Settings } from '../contract/settings.ts';
import { atLeast, databaseTime, increment, olderThan, type Transaction } from '../contract/store.ts';
import type { BreakerName } from '../contract/tables.ts';

const CLOSED = { state: 'CLOSED', failures: 0, window_started_at: null, opened_at: null, probes: 0 } as const;

/** A success closes a HALF_OPEN breaker. A failure opens a HALF_OPEN one again, and is counted in the window of a CLOSED one. */
export async function breakerRecords(context: Context, name: BreakerName, success: boolean): Promise<void> {
  const { env } = context;
  const outcome = await env.store.transaction((tx) =>
    success ? recordSuccess(tx, name) : recordFailure(tx, name, env.settings),
  );
  // No retry: if a failure is not counted, the breaker only opens one failure later.
  if (outcome.kind !== 'committed') env.log(`BREAKER_NOT_RECORDED: name=${name} success=${success}`);
}

async function recordSuccess(tx: Transaction, name: BreakerName): Promise<void> {
  await tx.update('messaging_breakers', { name, state: 'HALF_OPEN' }, CLOSED);
}

async function recordFailure(tx: Transaction, name: BreakerName, settings: Settings): Promise<void> {
  await tx.insert('messaging_breakers', { name, ...CLOSED }, { onConflict: 'ignore' });
  const open = { state: 'OPEN', opened_at: databaseTime(), probes: 0 } as const;
  const reopened = await tx.update('messaging_breakers', { name, state: 'HALF_OPEN' }, open);
  if (reopened.length > 0) return;
  await countFailure(tx, name, settings);
  const { breakerFailures } = settings;
  await tx.update('messaging_breakers', { name, state: 'CLOSED', failures: atLeast(breakerFailures) }, open);
}

/** Starts a new window with this failure if there is no window or it has passed; otherwise adds the failure to the window. */
async function countFailure(tx: Transaction, name: BreakerName, settings: Settings): Promise<void> {
  const begin = { failures: 1, window_started_at: databaseTime() };
  for (const window_started_at of [null, olderThan(settings.breakerWindowMs)]) {
    const begun = await tx.update('messaging_breakers', { name, state: 'CLOSED', window_started_at }, begin);
    if (begun.length > 0) return;
  }
  await tx.update('messaging_breakers', { name, state: 'CLOSED' }, { failures: increment(1) });
}
