// The new service: accepts batches of messages, and sends or rehearses each message once.
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import pg from 'pg';
import { sendSms } from './provider.js';

const database = new pg.Pool({ connectionString: process.env.DATABASE_URL });

createServer((request, response) => void answer(request, response)).listen(Number(process.env.PORT), '127.0.0.1');

async function answer(request, response) {
  try {
    if (request.url !== '/v1/batches') return response.end('ok');
    const { tenant_id: tenantId, dry_run: dryRun, messages } = await json(request);
    const results = [];
    for (const message of messages) results.push(await take(message, { tenantId, dryRun }));
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ results }));
  } catch (error) {
    process.stderr.write(`${error.stack}\n`);
    response.writeHead(500).end(error.message);
  }
}

async function take({ message_uuid: uuid, recipient, body }, { tenantId, dryRun }) {
  const { rowCount } = await database.query(
    `INSERT INTO go_sms_logs (message_uuid, dry_run, tenant_id, status) VALUES ($1, $2, $3, 'pending')
     ON CONFLICT DO NOTHING`,
    [uuid, dryRun, tenantId],
  );
  if (rowCount === 0) return { message_uuid: uuid, ...(await earlierResult(uuid, dryRun)) };
  const { status, id } = dryRun
    ? { status: 'accepted', id: null }
    : await sendSms(database, { tenantId, phone: recipient, body });
  await database.query(
    'UPDATE go_sms_logs SET status = $1, provider_message_id = $2 WHERE message_uuid = $3 AND dry_run = $4',
    [status, id, uuid, dryRun],
  );
  return { message_uuid: uuid, status, provider_message_id: id };
}

async function earlierResult(uuid, dryRun) {
  const { rows } = await database.query(
    'SELECT status, provider_message_id FROM go_sms_logs WHERE message_uuid = $1 AND dry_run = $2',
    [uuid, dryRun],
  );
  const [{ status, provider_message_id }] = rows;
  if (status === 'accepted') return { status: 'duplicate', provider_message_id };
  return { status: status === 'pending' ? 'in_progress' : status, provider_message_id };
}
