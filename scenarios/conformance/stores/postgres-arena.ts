// Plays a script on a real PostgreSQL. Whether a session waits is read from the lock manager, never guessed from time.
import { setImmediate as laterInLoop } from 'node:timers/promises';
import type { Client } from 'pg';
import { createPostgresStore, type PostgresStore } from '../../../src/store/postgres.ts';
import type { PairDatabase } from '../pair-database.fixture.ts';
import type { Step } from './command.ts';
import { type Contents, play, type Trace } from './play.ts';
import { PlayedSession } from './played-session.ts';
import type { ArenaSetup } from './sim-arena.ts';

/** Short, so that deadlocks are found soon. */
const DEADLOCK_TIMEOUT = '20ms';

/** One session that waits, and the sessions that block it. */
interface Waiter {
  readonly session: number;
  readonly blockers: readonly number[];
  /** The transaction whose end it waits for; null when it waits for a row behind others, or for an advisory lock. */
  readonly transaction: string | null;
}

/** Plays scripts on PostgreSQL, one after the other. */
export interface PostgresArena {
  play(steps: readonly Step[], contents: Contents): Promise<Trace>;
  close(): Promise<void>;
}

/** Opens one session per entry of `roles`. */
export async function openPostgresArena(database: PairDatabase, roles: ArenaSetup['roles']): Promise<PostgresArena> {
  const { admin } = database;
  const { rows } = await admin.query<{ name: string }>('SELECT quote_ident(current_database()) AS name');
  await admin.query(`ALTER DATABASE ${rows[0]?.name} SET deadlock_timeout = '${DEADLOCK_TIMEOUT}'`);
  const stores = roles.map((role, index): PostgresStore => {
    const url = new URL(database.url(role));
    url.searchParams.set('application_name', nameOf(index));
    return createPostgresStore({ url: url.href, poolSize: 1 });
  });
  return {
    async play(steps, contents) {
      await fill(admin, contents);
      const sessions = stores.map((store) => new PlayedSession(store));
      let waiters: readonly Waiter[] = [];
      const settle = async (): Promise<void> => {
        waiters = await settledWaiters(admin, sessions);
      };
      return play(steps, { sessions, settle, isOpenRace: () => hasRace(waiters) });
    },
    async close() {
      await Promise.all(stores.map((store) => store.close()));
    },
  };
}

const nameOf = (session: number): string => `played ${session}`;

/**
 * Waits until every session has answered or waits for a lock outside of any cycle, because PostgreSQL itself breaks the cycles. Locks and
 * blockers are not read at one instant, so a reading counts only when the next one equals it.
 */
async function settledWaiters(admin: Client, sessions: readonly PlayedSession[]): Promise<readonly Waiter[]> {
  let last = '';
  for (;;) {
    await laterInLoop();
    const busy = sessions.flatMap((session, index) => (session.isBusy ? [index] : []));
    if (busy.length === 0) return [];
    const waiters = await waitersNow(admin);
    const isBlocked = (session: number): boolean =>
      waiters.some((waiter) => waiter.session === session && waiter.blockers.length > 0);
    const picture = JSON.stringify([busy, waiters]);
    if (busy.every(isBlocked) && !hasCycle(waiters) && picture === last) return waiters;
    last = picture;
  }
}

/** The sessions that wait now. */
async function waitersNow(admin: Client): Promise<Waiter[]> {
  const { rows } = await admin.query<{ session: number; blockers: number[]; transaction: string | null }>(`
    WITH played AS (
      SELECT pid, substr(application_name, 8)::integer AS session FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE 'played %'
    )
    SELECT played.session, locks.transactionid::text AS transaction,
           ARRAY(SELECT other.session FROM played AS other WHERE other.pid = ANY (pg_blocking_pids(played.pid))) AS blockers
    FROM pg_locks AS locks JOIN played USING (pid) WHERE NOT locks.granted ORDER BY played.session`);
  return rows;
}

function hasCycle(waiters: readonly Waiter[]): boolean {
  const blockersOf = new Map(waiters.map(({ session, blockers }) => [session, blockers]));
  const leadsTo = (from: number, target: number, seen: Set<number>): boolean =>
    (blockersOf.get(from) ?? []).some((next) => {
      if (next === target) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return leadsTo(next, target, seen);
    });
  return waiters.some(({ session }) => leadsTo(session, session, new Set()));
}

function hasRace(waiters: readonly Waiter[]): boolean {
  const awaited = waiters.flatMap(({ transaction }) => (transaction === null ? [] : [transaction]));
  return new Set(awaited).size < awaited.length;
}

async function fill(admin: Client, contents: Contents): Promise<void> {
  await admin.query('TRUNCATE campaign_sms, quota_accounts, feature_flags, go_sms_logs, send_authority, quota_ledger');
  for (const [table, rows] of Object.entries(contents)) {
    for (const row of rows) {
      const columns = Object.keys(row);
      const places = columns.map((_, index) => `$${index + 1}`);
      const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`;
      await admin.query(text, Object.values(row));
    }
  }
}
