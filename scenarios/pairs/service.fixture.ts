// The service of a pair: it sends messages that it can claim, and reports the outcome of those that it cannot.
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { claim, claimOn, sendClaimed } from './claims.fixture.ts';
import { finishing, mustLeave, serve } from './serve.fixture.ts';
import { shapeNamed } from './shapes.fixture.ts';
import { type Batch, type Outcome, type Outgoing, WIRES } from './wire.fixture.ts';

const shape = shapeNamed(process.argv[2]);
const wire = WIRES[shape.wire];
const database = new Pool({ connectionString: process.env['DATABASE_URL'] });
const surroundings = { database, providerUrl: process.env['PROVIDER_URL'] ?? '' };

serve(async (request) => {
  const batch = request.body === '' ? undefined : wire.batchIn(request);
  if (batch === undefined) return { status: 200, body: 'ok' };
  if (shape.answersLater) {
    if (!batch.isRehearsal) await Promise.all(batch.messages.map((message) => enqueue(batch.tenant, message)));
    return { status: 202, body: '{"queued":true}' };
  }
  const outcomes = await Promise.all(batch.messages.map((message) => take(batch, message)));
  return { status: 200, body: wire.answer(outcomes) };
});

if (shape.answersLater) void finishing(workOff());

async function take({ tenant, isRehearsal }: Batch, message: Outgoing): Promise<Outcome> {
  const { ref } = message;
  if (isRehearsal) return { ref, state: 'sent', sid: null };
  if (await claim(database, { ref, holder: 'new' })) return sendClaimed(surroundings, { tenant, message });
  const known = await claimOn(database, ref);
  if (known?.state === 'sent') return { ref, state: 'again', sid: known.sid };
  const isOpen = known === undefined || known.state === 'held' || known.state === 'queued';
  return { ref, state: isOpen ? 'busy' : known.state, sid: null };
}

async function enqueue(tenant: number, { ref, number, words }: Outgoing): Promise<void> {
  const text = `INSERT INTO claims (ref, holder, state, job) VALUES ($1, 'new', 'queued', $2) ON CONFLICT DO NOTHING`;
  await database.query(text, [ref, { tenant, number, words }]);
}

/** Sends queued messages, also those that an earlier process queued. */
async function workOff(): Promise<void> {
  while (!mustLeave()) {
    const { rows } = await database
      .query<{ ref: string; job: { tenant: number; number: string; words: string } }>(
        `UPDATE claims SET state = 'held', at = clock_timestamp()
         WHERE state = 'queued' RETURNING ref, job`,
      )
      .catch(() => ({ rows: [] }));
    await Promise.allSettled(
      rows.map(({ ref, job: { tenant, number, words } }) =>
        sendClaimed(surroundings, { tenant, message: { ref, number, words } }),
      ),
    );
    if (rows.length === 0) await sleep(40);
  }
}
