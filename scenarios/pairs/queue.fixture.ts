// The queue of a legacy app: a table of jobs, one campaign each, and the worker that does them one after the other.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { mustLeave } from './serve.fixture.ts';

const LOOK_EVERY_MS = 40;

/** Puts a campaign into the queue. */
export async function enqueue(database: Pool, campaign: number): Promise<void> {
  await database.query('INSERT INTO jobs (campaign) VALUES ($1)', [campaign]);
}

/** Does the jobs until the process is asked to end. A job that fails, or whose worker dies, stays in the queue and is done again. */
export async function workOff(database: Pool, send: (campaign: number) => Promise<void>): Promise<void> {
  while (!mustLeave()) {
    const hasDone = await doNext(database, send).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      return false;
    });
    if (!hasDone) await sleep(LOOK_EVERY_MS);
  }
}

async function doNext(database: Pool, send: (campaign: number) => Promise<void>): Promise<boolean> {
  const { rows } = await database.query<{ id: string; campaign: string }>('SELECT * FROM jobs ORDER BY id LIMIT 1');
  const [job] = rows;
  if (job === undefined) return false;
  await send(Number(job.campaign));
  await database.query('DELETE FROM jobs WHERE id = $1', [job.id]);
  return true;
}
