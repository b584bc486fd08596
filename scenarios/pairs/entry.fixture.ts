// Where messages enter the legacy app of a pair: each that has a unit to pay for it gets its reference, and its mode.
import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';

/** A message that has entered and has not ended. */
export interface Entered {
  readonly tenant: number;
  readonly ref: string;
  readonly number: string;
  readonly words: string;
  readonly pinned: string;
}

const OPEN = `SELECT tenant, ref, number, words, pinned FROM outgoing
  WHERE ref <> '' AND NOT EXISTS (SELECT FROM history WHERE history.ref = outgoing.ref)`;

/** Lets in the messages of a campaign that have not yet, and answers all of them that have not ended. */
export async function enter(database: Pool, campaign: number): Promise<readonly Entered[]> {
  const client = await database.connect();
  try {
    await client.query('BEGIN');
    const { rows: fresh } = await client.query<{ id: string; tenant: number }>(
      'SELECT id, tenant FROM outgoing WHERE campaign = $1 AND ref IS NULL ORDER BY id FOR UPDATE',
      [campaign],
    );
    const tenant = fresh[0]?.tenant;
    if (tenant !== undefined) {
      const mode = await modeOf(client, tenant);
      const room = mode === 'SHADOW' ? fresh.length : await unitsLeft(client, tenant);
      for (const { id } of fresh.slice(0, Math.max(0, room))) {
        await client.query('UPDATE outgoing SET ref = $2, pinned = $3 WHERE id = $1', [id, randomUUID(), mode]);
      }
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
  const { rows } = await database.query<Entered>(`${OPEN} AND campaign = $1 ORDER BY id`, [campaign]);
  return rows;
}

/** All messages that have entered and have not ended. */
export async function openMessages(database: Pool): Promise<readonly Entered[]> {
  const { rows } = await database.query<Entered>(`${OPEN} ORDER BY id`);
  return rows;
}

async function modeOf(client: PoolClient, tenant: number): Promise<string> {
  const { rows } = await client.query<{ value: string }>('SELECT value FROM switches WHERE tenant = $1', [tenant]);
  const value = rows[0]?.value;
  return value === 'ON' || value === 'SHADOW' ? value : 'OFF';
}

/** The units that no message has taken yet, or may still take. */
async function unitsLeft(client: PoolClient, tenant: number): Promise<number> {
  const { rows } = await client.query<{ units: string }>('SELECT units FROM balances WHERE tenant = $1 FOR UPDATE', [
    tenant,
  ]);
  const { rows: taken } = await client.query<{ count: string }>(
    `SELECT count(*) FROM outgoing WHERE tenant = $1 AND ref <> '' AND pinned <> 'SHADOW' AND NOT done`,
    [tenant],
  );
  return Number(rows[0]?.units ?? 0) - Number(taken[0]?.count ?? 0);
}
