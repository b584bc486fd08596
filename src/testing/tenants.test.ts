// Tenants side by side: credentials, quota and refusals of one never reach the other.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Context } from '../contract/parts.ts';
import { settleQuota } from '../legacy/settle-quota.ts';
import { referenceParts, system } from '../reference.ts';
import { openWorld, TENANT_ID } from './scripted-world.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const OTHER_TENANT_ID = 8;
const SENDERS = [
  { mode: 'OFF', source: 'legacy' },
  { mode: 'ON', source: 'go' },
];

const basic = (secret: string) => `Basic ${Buffer.from(secret).toString('base64')}`;

test.each(SENDERS)('in $mode each message goes under the credentials and the quota of its tenant', async ({ mode }) => {
  const world = await openWorld(system, { mode });
  const [item] = world.store.rows('campaign_sms');
  if (item === undefined) throw new Error('expected an item');
  await world.store.seed('provider_credentials', [
    { tenant_id: OTHER_TENANT_ID, provider: 'twilio', account: 'AC8', token: 'other' },
  ]);
  await world.store.seed('email_s_m_s_limit_rates', [{ owner_id: OTHER_TENANT_ID, sms: 5 }]);
  await world.store.seed('feature_flags', [
    { tenant_id: OTHER_TENANT_ID, feature_name: 'messaging_service', mode, epoch: 1 },
  ]);
  await world.store.seed('campaign_sms', [{ ...item, id: 2, tenant_id: OTHER_TENANT_ID, campaign_id: 80 }]);
  await world.post('/campaigns/80/send');
  await world.send();
  expect(world.attempts.map(({ authorization }) => authorization)).toEqual([basic('AC8:other'), basic('AC7:secret')]);
  expect(world.store.rows('email_s_m_s_limit_rates').map(({ sms }) => sms)).toEqual([99, 4]);
});

test.each(SENDERS)('in $mode a tenant without credentials is told rejected, not unknown', async ({ mode, source }) => {
  const world = await openWorld(system, { mode });
  await world.store.transaction((tx) => tx.remove('provider_credentials', { tenant_id: TENANT_ID }));
  await world.send();
  expect(world.attempts).toHaveLength(0);
  expect(world.store.rows('sms_logs')).toMatchObject([{ source, status: 'rejected' }]);
  expect(world.store.rows('quota_ledger')[0]?.state).toBe('released');
});

test.each([
  { mode: 'SHADOW', state: 'SENT', sms: 100 },
  { mode: 'ON', state: 'UNKNOWN', sms: 100 },
  { mode: 'ON', state: 'NOT_SENT', sms: 100 },
  { mode: 'OFF', state: 'SENT', sms: 99 },
  { mode: 'ON', state: 'SENT', sms: 99 },
] as const)(
  'a reservation of a $mode message that is $state leaves a balance of $sms',
  async ({ mode, state, sms }) => {
    const world = await openWorld(system);
    await world.store.seed('quota_ledger', [{ message_uuid: 'u1', owner_id: TENANT_ID, state: 'reserved' }]);
    const context: Context = { env: world.environments.legacy, parts: referenceParts, role: 'legacy' };
    const settled = { messageUuid: 'u1', tenantId: TENANT_ID, mode, state };
    await world.store.transaction((tx) => settleQuota(context, tx, settled));
    await world.store.transaction((tx) => settleQuota(context, tx, settled));
    expect(world.balance).toBe(sms);
  },
);
