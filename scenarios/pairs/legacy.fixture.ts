// The legacy app of a pair: it sends messages itself, also beside a rehearsal, or through the service, and falls back for messages that the
// service did not claim.
import { Pool, type PoolClient } from 'pg';
import { createBreaker } from './breaker.fixture.ts';
import { claim, type Claim, claimOn, sendClaimed } from './claims.fixture.ts';
import { type Entered, inTransaction, messagesIn } from './entry.fixture.ts';
import { openModes } from './modes.fixture.ts';
import { enqueue, workOff } from './queue.fixture.ts';
import { finished, finishing, leaveWhenAsked, type Reply, serve } from './serve.fixture.ts';
import { shapeNamed } from './shapes.fixture.ts';
import { WIRES } from './wire.fixture.ts';

const shape = shapeNamed(process.argv[2]);
const wire = WIRES[shape.wire];
const database = new Pool({ connectionString: process.env['DATABASE_URL'] });
const modes = openModes(shape);
const breaker = createBreaker(shape.breakerFailures);
const allMessages = messagesIn(database, { ...shape, modes });
const surroundings = { database, providerUrl: process.env['PROVIDER_URL'] ?? '' };
const serviceUrl = process.env['SERVICE_URL'] ?? '';

/** After this time, a send that has not ended counts as unknown. */
const FORGOTTEN_MS = 1_500;

if (process.argv[3] === 'repair') await repairOnce();
else if (process.argv[3] === 'work') {
  leaveWhenAsked();
  void finishing(workOff(database, send));
} else
  serve(async ({ path, headers }) => {
    const [, campaign] = /^\/campaigns\/(\d+)\/release$/.exec(path) ?? [];
    if (campaign !== undefined) return release(Number(campaign), Number(headers['x-tenant']));
    const [, tenant] = /^\/modes\/(\d+)$/.exec(path) ?? [];
    if (tenant !== undefined) return { status: 200, body: await modes.of(database, Number(tenant)) };
    if (path === '/modes/forget') modes.forget();
    if (path === '/breaker/close') breaker.close();
    if (path === '/repair') return { status: 200, body: JSON.stringify(await repair()) };
    return { status: 200, body: 'ok' };
  });

/** Sends a campaign. A form also names the tenant, and is answered by a redirect. */
async function release(campaign: number, tenant: number): Promise<Reply> {
  if (shape.isForm && !(await allMessages.belong(campaign, tenant))) return { status: 400, body: 'whose campaign?' };
  if (shape.queues) await enqueue(database, campaign);
  else await send(campaign);
  return shape.isForm ? { status: 303, body: '' } : { status: 200, body: 'ok' };
}

/** Enters the messages of a campaign, and sends them. */
async function send(campaign: number): Promise<void> {
  await handle(await allMessages.enter(campaign));
}

/** One round of recovery, as the command `repair`: prints the counts as JSON between two other lines. */
async function repairOnce(): Promise<void> {
  const done = JSON.stringify(await repair());
  await finished();
  process.stdout.write(`[repair] begun\n${done}\n[repair] done\n`);
  await database.end();
}

async function handle(messages: readonly Entered[]): Promise<void> {
  const through = messages.filter(({ pinned }) => pinned === 'ON');
  const own = messages.filter(({ pinned }) => pinned !== 'ON');
  await Promise.all([askService(through, false), ...own.map(sendBySelf)]);
  const rehearsed = messages.filter(({ pinned }) => pinned === 'SHADOW');
  void finishing(askService(rehearsed, true));
}

/** Calls the service to send or rehearse messages. Without an answer in time, this app sends those that the service has not claimed. */
async function askService(messages: readonly Entered[], isRehearsal: boolean): Promise<void> {
  const [first] = messages;
  if (first === undefined) return;
  const requests = wire.requests({ tenant: first.tenant, isRehearsal, messages });
  await Promise.all(
    requests.map(async ({ path, headers, body, messages: asked }) => {
      const answered = await call({ path, headers, body });
      if (isRehearsal) return;
      const own = messages.filter(({ ref }) => asked.some((message) => message.ref === ref));
      await Promise.all(own.map((message) => (answered ? settle(message) : sendBySelf(message))));
    }),
  );
}

/** Whether the service answered in time. */
async function call(request: { path: string; headers: object; body: string }): Promise<boolean> {
  if (breaker.isOpen()) return false;
  const hasSucceeded = await callOnce(request);
  breaker.note(hasSucceeded);
  return hasSucceeded;
}

async function callOnce({ path, headers, body }: { path: string; headers: object; body: string }): Promise<boolean> {
  try {
    const answer = await fetch(`${serviceUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal: AbortSignal.timeout(500),
    });
    await answer.text();
    return answer.ok;
  } catch {
    return false;
  }
}

async function sendBySelf(message: Entered): Promise<void> {
  if (await claim(database, { ref: message.ref, holder: 'old' })) {
    await sendClaimed(surroundings, { tenant: message.tenant, message });
  }
  await settle(message);
}

/** Logs the outcome that the claim on a message records, and charges it; false if the message has not ended. */
async function settle(message: Entered): Promise<boolean> {
  const known = await claimOn(database, message.ref);
  if (known === undefined || known.state === 'held' || known.state === 'queued') return false;
  await inTransaction(database, (client) => writeEnd(client, { message, known }));
  return true;
}

async function writeEnd(
  client: PoolClient,
  { message: { id, tenant, ref, pinned }, known }: { message: Entered; known: Claim },
): Promise<void> {
  const { rowCount } = await client.query(
    'INSERT INTO history (ref, tenant, via, outcome, sid) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
    [ref, tenant, known.holder, known.state, known.sid],
  );
  if (rowCount !== 1 || known.state === 'doubtful') return;
  await client.query('UPDATE outgoing SET done = true WHERE id = $1', [id]);
  if (known.state !== 'sent' || pinned === 'SHADOW') return;
  await client.query('UPDATE balances SET units = units - 1 WHERE tenant = $1', [tenant]);
}

/** One round of recovery: marks old sends as unknown, settles messages that have ended, and handles unclaimed ones again. */
async function repair(): Promise<object> {
  const text = `UPDATE claims SET state = 'doubtful' WHERE state = 'held' AND at < clock_timestamp() - $1 * interval '1 ms'`;
  const { rowCount: surfaced } = await database.query(text, [FORGOTTEN_MS]);
  const done = { settled: 0, again: 0 };
  let open = 0;
  for (const message of await allMessages.open()) {
    if (await settle(message)) done.settled += 1;
    else if ((await claimOn(database, message.ref)) === undefined) {
      done.again += 1;
      await handle([message]);
    } else open += 1;
  }
  return { given_up: { count: surfaced ?? 0 }, done, open };
}
