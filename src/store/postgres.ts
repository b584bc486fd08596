// The store of a real process: transactions over a pool of connections that all log in as one role.
import { DatabaseError, Pool, type PoolClient } from 'pg';
import type { Outcome, Store, Transaction } from '../contract/store.ts';
import { CONNECTION_LOST, PostgresTransaction, sqlStateOf, StatementError } from './postgres-transaction.ts';
import { rowValueTypes } from './row-values.ts';

/** A store with what a process needs around it. */
export interface PostgresStore extends Store {
  /** Whether the database answers. */
  answers(): Promise<boolean>;
  /** Closes all connections, after the transactions that hold them. */
  close(): Promise<void>;
}

/** How to reach the database, and with how many connections at most. */
export interface PostgresStoreOptions {
  readonly url: string;
  readonly poolSize: number;
  /** Called with each notice of the server. */
  readonly onNotice?: (text: string) => void;
}

/** The options of one transaction. */
type TransactionOptions = NonNullable<Parameters<Store['transaction']>[1]>;

/** A connection taken from the pool; `lost` is set as soon as the connection reports an error of its own. */
interface Session {
  readonly client: PoolClient;
  readonly state: { lost: boolean };
  release(): void;
}

/** Opens a store; connections are made when needed. Both `primary` and `replica` are the one database of `url`. */
export function createPostgresStore(options: PostgresStoreOptions): PostgresStore {
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolSize,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    types: rowValueTypes,
    options: '-c timezone=UTC -c datestyle=ISO',
  });
  // An idle connection that breaks is replaced by the next transaction. Without a listener it would end the process.
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
  // A connection that cannot even roll back is thrown away, which rolls back too.
  await session.client.query('ROLLBACK').catch(() => {
    session.state.lost = true;
  });
}

async function commit<T>(session: Session, value: T): Promise<Outcome<T>> {
  try {
    const { command } = await session.client.query('COMMIT');
    // Postgres answers ROLLBACK to the COMMIT of a transaction it had aborted.
    if (command !== 'COMMIT') return { kind: 'rolled-back', sqlState: '25P02' };
    return { kind: 'committed', value };
  } catch (error) {
    if (isRefusal(error)) return { kind: 'rolled-back', sqlState: sqlStateOf(error) };
    session.state.lost = true;
    return { kind: 'unknown' };
  }
}

/**
 * Whether the server refused the COMMIT itself. Errors of the connection, the operator or the system end a session, and may come
 * after the commit took effect. The class of the SQL state distinguishes them; the severity is a translated word.
 */
function isRefusal(error: unknown): boolean {
  return error instanceof DatabaseError && !/^(08|53|57|58|XX)/.test(error.code ?? 'XX');
}
