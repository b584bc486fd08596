// Several tenants: the credentials, quota and refusals of one never affect another.
import { expect, test } from 'vitest';
import { campaignScenario } from '../../harness/generators/campaign-scenario.ts';
import { DEFAULT_READINGS } from '../../src/contract/readings.ts';
import { settleQuota } from '../../src/legacy/settle-quota.ts';
import { referenceParts } from '../../src/reference.ts';
import { runReference, whenTriggered, withoutCredentials } from './reference-run.fixture.ts';

const SENDERS = [
  { mode: 'OFF', source: 'legacy' },
  { mode: 'ON', source: 'go' },
];

test.each(SENDERS)('in $mode each message uses the credentials and the quota of its tenant', async ({ mode }) => {
  const alone = campaignScenario({ mode });
  const other = { kind: 'entry', campaign: 'other', tenant: 'tenant-2', messages: 1, atMs: 50 } as const;
  const tenants = [...alone.tenants, { key: 'tenant-2', mode, quota: 5 }];
  const run = await runReference({ scenario: { ...alone, tenants, steps: [...alone.steps, other] } });
  const accounts = run.eventsOf('attempt').map(({ item, account }) => [item, account]);
  const [first, second] = run.history.tenants;
  expect(new Map(accounts as [string, string][])).toEqual(
    new Map([
      ['campaign-1#1', first?.account],
      ['other#1', second?.account],
    ]),
  );
  expect(first?.account).not.toBe(second?.account);
  const balances = run.eventsOf('balance').slice(-2);
  expect(balances.map(({ tenant, units }) => [tenant, units])).toEqual([
    ['tenant-1', 99],
    ['tenant-2', 4],
  ]);
});

test.each(SENDERS)('in $mode a message of a tenant without credentials is rejected, not unknown', async (row) => {
  const { mode, source } = row;
  const run = await runReference({ mode, system: withoutCredentials });
  expect(run.senders).toEqual([]);
  expect(run.rows('sms_logs')).toMatchObject([{ source, status: 'rejected' }]);
  expect(run.rows('quota_ledger')).toMatchObject([{ state: 'released' }]);
});

test.each([
  { mode: 'SHADOW', state: 'SENT', units: 100 },
  { mode: 'ON', state: 'UNKNOWN', units: 100 },
  { mode: 'ON', state: 'NOT_SENT', units: 100 },
  { mode: 'OFF', state: 'SENT', units: 99 },
  { mode: 'ON', state: 'SENT', units: 99 },
] as const)(
  'a reservation of a $mode message that is $state leaves a balance of $units, also when it is settled twice',
  async ({ mode, state, units }) => {
    const settlingTwice = whenTriggered(async ({ env }) => {
      const context = { env, parts: referenceParts, readings: DEFAULT_READINGS, role: 'legacy' } as const;
      const settled = { messageUuid: 'u1', tenantId: 1, mode, state, source: 'legacy' } as const;
      await env.store.transaction(async (tx) => {
        await tx.insert('quota_ledger', { message_uuid: 'u1', tenant_id: 1, state: 'reserved' });
      });
      await env.store.transaction((tx) => settleQuota(context, tx, settled));
      await env.store.transaction((tx) => settleQuota(context, tx, settled));
      return { status: 200, body: '{}' };
    });
    const run = await runReference({ system: settlingTwice });
    expect(run.rows('quota_ledger')).toHaveLength(1);
    expect(run.balance).toBe(units);
  },
);
