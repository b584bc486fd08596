// The legacy app: sends campaigns by itself (OFF), by itself while the service rehearses (SHADOW), or through the service (ON).
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { sendSms } from './provider.js';

const database = new pg.Pool({ connectionString: process.env.DATABASE_URL });

createServer((request, response) => void answer(request, response)).listen(Number(process.env.PORT), '127.0.0.1');

async function answer(request, response) {
  const [, campaignId] = /^\/campaigns\/(\d+)\/send$/.exec(request.url) ?? [];
  try {
    if (campaignId !== undefined) await sendCampaign(Number(campaignId));
    response.end('ok');
  } catch (error) {
    process.stderr.write(`${error.stack}\n`);
    response.writeHead(500).end(error.message);
  }
}

async function sendCampaign(campaignId) {
  const { rows: messages } = await database.query(
    `SELECT id, campaign_sms.tenant_id AS "tenantId", phone, body, message_uuid AS uuid
     FROM campaign_sms LEFT JOIN sms_logs USING (message_uuid)
     WHERE campaign_id = $1 AND sms_logs.message_uuid IS NULL`,
    [campaignId],
  );
  if (messages.length === 0) return;
  const [{ tenantId }] = messages;
  const { rows } = await database.query('SELECT mode FROM flags WHERE tenant_id = $1', [tenantId]);
  const mode = rows[0]?.mode ?? 'OFF';
  for (const message of messages) {
    message.uuid ??= randomUUID();
    await database.query('UPDATE campaign_sms SET message_uuid = $1, mode = $2 WHERE id = $3', [
      message.uuid,
      mode,
      message.id,
    ]);
  }
  if (mode === 'ON') return sendThroughService(messages);
  for (const message of messages) await sendBySelf(message, { charged: mode === 'OFF' });
  if (mode === 'SHADOW') await callService(messages, { dryRun: true }).catch(() => {});
}

async function sendThroughService(messages) {
  let results;
  try {
    results = await callService(messages, { dryRun: false });
  } catch {
    // As the runbook says: if the service does not answer in time, the legacy app sends.
    for (const message of messages) await sendBySelf(message, { charged: true });
    return;
  }
  for (const message of messages) {
    const result = results.find(({ message_uuid: uuid }) => uuid === message.uuid);
    await settle(message, { source: 'go', status: result.status, id: result.provider_message_id, charged: true });
  }
}

async function callService(messages, { dryRun }) {
  const reply = await fetch(`${process.env.SERVICE_URL}/v1/batches`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      tenant_id: messages[0].tenantId,
      dry_run: dryRun,
      messages: messages.map(({ uuid, phone, body }) => ({
        message_uuid: uuid,
        recipient: phone,
        body,
        provider: 'twilio',
      })),
    }),
    signal: AbortSignal.timeout(500),
  });
  if (!reply.ok) throw new Error(`the service answered ${reply.status}`);
  return (await reply.json()).results;
}

async function sendBySelf(message, { charged }) {
  const { status, id } = await sendSms(database, message);
  await settle(message, { source: 'legacy', status, id, charged });
}

async function settle({ uuid, tenantId }, { source, status, id, charged }) {
  await database.query(
    'INSERT INTO sms_logs (message_uuid, tenant_id, source, status, provider_message_id) VALUES ($1, $2, $3, $4, $5)',
    [uuid, tenantId, source, status, id],
  );
  if (!charged || status === 'rejected') return;
  await database.query('UPDATE quota_accounts SET units = units - 1 WHERE tenant_id = $1', [tenantId]);
}
