// The store of a real process: transactions on PostgreSQL, over a pool of connections that all log in as one role.
import { DatabaseError, Pool, type PoolClient } from 'pg';
import type { Outcome, Store, Transaction } from '../contract/store.ts';
import { CONNECTION_LOST, PostgresTransaction, sqlStateOf, StatementError } from './postgres-transaction.ts';
import { rowValueTypes } from './row-values.ts';

/** A store that a process can also check and close. */
export interface PostgresStore extends Store {
  /** Whether the database answers a query. */
  answers(): Promise<boolean>;
  /** Closes each connection once the transaction on it has ended. */
  close(): Promise<void>;
}

/** How to reach the database, and with how many connections at most. */
export interface PostgresStoreOptions {
  readonly url: string;
  readonly poolSize: number;
  /** Called with the text of each notice from the server. */
  readonly onNotice?: (text: string) => void;
}

type TransactionOptions = NonNullable<Parameters<Store['transaction']>[1]>;

/** A connection taken from the pool. `lost` is set once the connection reports an error or cannot be used any more. */
interface Session {
  readonly client: PoolClient;
  readonly state: { lost: boolean };
  release(): void;
}

/** Opens a store. Connections are made when needed. `primary` and `replica` are both the database at `url`. */
export function createPostgresStore(options: PostgresStoreOptions): PostgresStore {
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolSize,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    types: rowValueTypes,
    options: '-c timezone=UTC -c datestyle=ISO',
  });
  // If an idle connection breaks, the next transaction gets a new one. Without a listener the error would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    client.on('notice', ({ message }) => options.onNotice?.(message ?? ''));
  });

  return {
    async transaction(work, transactionOptions = {}) {
      const session = await openSession(pool);
      if ('sqlState' in session) return { kind: 'rolled-back', sqlState: session.sqlState };
      try {
        return await runTransaction(session, work, transactionOptions);
      } finally {
        session.release();
      }
    },
    answers: () =>
      pool.query('SELECT 1').then(
        () => true,
        () => false,
      ),
    close: () => pool.end(),
  };
}

async function openSession(pool: Pool): Promise<Session | { readonly sqlState: string }> {
  try {
    const client = await pool.connect();
    const state = { lost: false };
    const markLost = (): void => {
      state.lost = true;
    };
    client.on('error', markLost);
    const release = (): void => {
      client.off('error', markLost);
      client.release(state.lost);
    };
    return { client, state, release };
  } catch (error) {
    return { sqlState: sqlStateOf(error) };
  }
}

async function runTransaction<T>(
  session: Session,
  work: (tx: Transaction) => Promise<T>,
  options: TransactionOptions,
): Promise<Outcome<T>> {
  try {
    const settings = options.durable === false ? '; SET LOCAL synchronous_commit = off' : '';
    await session.client.query(`BEGIN ISOLATION LEVEL READ COMMITTED${settings}`);
  } catch (error) {
    session.state.lost = true;
    return { kind: 'rolled-back', sqlState: sqlStateOf(error) };
  }
  const tx = new PostgresTransaction(session.client);
  let value: T;
  try {
    value = await work(tx);
  } catch (error) {
    await tx.end();
    await rollBack(session);
    if (error instanceof StatementError && error === tx.failure) {
      return { kind: 'rolled-back', sqlState: error.sqlState };
    }
    throw error;
  }
  await tx.end();
  if (tx.failure !== undefined || session.state.lost) {
    await rollBack(session);
    return { kind: 'rolled-back', sqlState: tx.failure?.sqlState ?? CONNECTION_LOST };
  }
  return commit(session, value);
}

async function rollBack(session: Session): Promise<void> {
  // If ROLLBACK fails, the connection is closed, and the server then rolls back too.
  await session.client.query('ROLLBACK').catch(() => {
    session.state.lost = true;
  });
}

async function commit<T>(session: Session, value: T): Promise<Outcome<T>> {
  try {
    const { command } = await session.client.query('COMMIT');
    // PostgreSQL answers ROLLBACK to the COMMIT of an aborted transaction.
    if (command !== 'COMMIT') return { kind: 'rolled-back', sqlState: '25P02' };
    return { kind: 'committed', value };
  } catch (error) {
    if (isRefusal(error)) return { kind: 'rolled-back', sqlState: sqlStateOf(error) };
    session.state.lost = true;
    return { kind: 'unknown' };
  }
}

/**
 * Whether the server refused the COMMIT itself. An error of the connection, the operator or the system ends the session, and it can
 * come after the commit took effect. The class of the SQL state tells the two apart; the severity cannot, because it is translated.
 */
function isRefusal(error: unknown): boolean {
  return error instanceof DatabaseError && !/^(08|53|57|58|XX)/.test(error.code ?? 'XX');
}
