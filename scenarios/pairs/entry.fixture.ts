// The entry of a pair's legacy app: each message that can be paid for gets its reference and its mode.
import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Modes } from './modes.fixture.ts';
import type { Shape } from './shapes.fixture.ts';

/** A message that has entered and has not ended. */
export interface Entered {
  readonly id: string;
  readonly tenant: number;
  readonly ref: string;
  readonly number: string;
  readonly words: string;
  readonly pinned: string;
}

/** The reference of a message, as SQL. */
const REF: Readonly<Record<Shape['refs'], string>> = {
  column: 'outgoing.ref',
  table: '(SELECT refs.ref FROM refs WHERE refs.item = outgoing.id)',
  derived: "('m-' || outgoing.id)",
};

/** The messages in the database of a pair. */
export interface Messages {
  /** Enters the messages of a campaign that have not entered, and returns all that have not ended. */
  enter(campaign: number): Promise<readonly Entered[]>;
  /** Whether a campaign has messages of a tenant. */
  belong(campaign: number, tenant: number): Promise<boolean>;
  /** All messages that have entered and have not ended. */
  open(): Promise<readonly Entered[]>;
}

/** The messages in this database. */
export function messagesIn(database: Pool, { refs, modes }: Pick<Shape, 'refs'> & { modes: Modes }): Messages {
  const open = `SELECT id, tenant, ${REF[refs]} AS ref, number, words, pinned FROM outgoing
    WHERE pinned IS NOT NULL AND NOT EXISTS (SELECT FROM history WHERE history.ref = ${REF[refs]})`;
  return {
    async enter(campaign) {
      await inTransaction(database, (client) => enterAll(client, { campaign, refs, modes }));
      const { rows } = await database.query<Entered>(`${open} AND campaign = $1 ORDER BY id`, [campaign]);
      return rows;
    },
    async belong(campaign, tenant) {
      const text = 'SELECT FROM outgoing WHERE campaign = $1 AND tenant = $2';
      return ((await database.query(text, [campaign, tenant])).rowCount ?? 0) > 0;
    },
    async open() {
      const { rows } = await database.query<Entered>(`${open} ORDER BY id`);
      return rows;
    },
  };
}

/** Does work in one transaction. Rolls it back and throws when the work throws. */
export async function inTransaction(database: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await database.connect();
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function enterAll(
  client: PoolClient,
  { campaign, refs, modes }: { campaign: number; refs: Shape['refs']; modes: Modes },
): Promise<void> {
  const { rows: fresh } = await client.query<{ id: string; tenant: number }>(
    'SELECT id, tenant FROM outgoing WHERE campaign = $1 AND pinned IS NULL AND ref IS NULL ORDER BY id FOR UPDATE',
    [campaign],
  );
  const tenant = fresh[0]?.tenant;
  if (tenant === undefined) return;
  const mode = await modes.of(client, tenant);
  const room = mode === 'SHADOW' ? fresh.length : await unitsLeft(client, tenant);
  for (const { id } of fresh.slice(0, Math.max(0, room))) {
    const ref = refs === 'column' ? randomUUID() : null;
    await client.query('UPDATE outgoing SET ref = $2, pinned = $3 WHERE id = $1', [id, ref, mode]);
    if (refs === 'table') await client.query('INSERT INTO refs (item, ref) VALUES ($1, $2)', [id, randomUUID()]);
  }
}

/** The units that are neither spent nor reserved by a message that has not ended. */
async function unitsLeft(client: PoolClient, tenant: number): Promise<number> {
  const { rows } = await client.query<{ units: string }>('SELECT units FROM balances WHERE tenant = $1 FOR UPDATE', [
    tenant,
  ]);
  const { rows: taken } = await client.query<{ count: string }>(
    "SELECT count(*) FROM outgoing WHERE tenant = $1 AND pinned <> 'SHADOW' AND NOT done",
    [tenant],
  );
  return Number(rows[0]?.units ?? 0) - Number(taken[0]?.count ?? 0);
}
