// What the runbook does when it is followed literally: well in fair weather, twice under one fault.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { referenceParts } from '../../src/reference.ts';
import { answer, failure, openWorld, sleep } from '../../src/testing/scripted-world.ts';
import { system } from './system.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('in fair weather', () => {
  test.each([
    { mode: 'OFF', role: 'legacy', source: 'legacy', balance: 98 },
    { mode: 'SHADOW', role: 'legacy', source: 'legacy', balance: 100 },
    { mode: 'ON', role: 'service', source: 'go', balance: 98 },
  ])('$mode sends once, logs and charges', async ({ mode, role, source, balance }) => {
    const world = await openWorld(system, { mode, messages: 2 });
    expect((await world.send()).status).toBe(200);
    await world.send();
    expect(world.attempts.map((attempt) => attempt.role)).toEqual([role, role]);
    expect(world.store.rows('sms_logs').map((row) => row.source)).toEqual([source, source]);
    expect(world.balance).toBe(balance);
  });

  test('reconciliation finds nothing after ON, and every rehearsal missing after SHADOW', async () => {
    const on = await openWorld(system, { mode: 'ON' });
    await on.send();
    expect(JSON.parse((await on.post('/reconcile')).body)).toEqual([]);
    const shadow = await openWorld(system, { mode: 'SHADOW' });
    await shadow.send();
    expect(JSON.parse((await shadow.post('/reconcile')).body)).toMatchObject([{ kind: 'missing_in_laravel' }]);
  });
});

describe('under one fault', () => {
  test.each(['timeout', 'reset', 'truncated', 'closed'] as const)(
    'a message is sent twice when the answer is lost by %s',
    async (reason) => {
      const world = await openWorld(system, { mode: 'ON' });
      world.road = async (call) => {
        await call.deliver();
        return failure(reason);
      };
      await world.send();
      expect(world.attempts.map(({ role }) => role)).toEqual(['service', 'legacy']);
      expect(world.balance).toBe(100);
    },
  );

  test('a slow provider is enough', async () => {
    const world = await openWorld(system, { mode: 'ON', messages: 2 });
    world.provider = async ({ role }) => {
      if (role === 'service') await sleep(600);
      return answer(201, { sid: 'SM1' });
    };
    await world.send();
    await world.rest();
    expect(world.attempts.map(({ role }) => role).toSorted()).toEqual(['legacy', 'legacy', 'service', 'service']);
    expect(world.logged('LEGACY_SEND_FALLBACK_ON_MODE')).toEqual(['LEGACY_SEND_FALLBACK_ON_MODE: {"tenant_id":7}']);
  });

  test('a message is lost without a word after a 500', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    world.road = async () => answer(500, {});
    expect((await world.send()).status).toBe(200);
    await world.post('/recover');
    expect(world.attempts).toHaveLength(0);
  });

  test('a message that was never sent is answered duplicate and charged', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    world.road = async () => answer(500, {});
    await world.send();
    const messageUuid = world.store.rows('campaign_sms')[0]?.message_uuid ?? '';
    // The service died between its row and the provider call.
    await world.store.transaction((tx) =>
      tx.insert('go_sms_logs', {
        message_uuid: messageUuid,
        dry_run: false,
        tenant_id: 7,
        recipient: '',
        body: '',
        status: 'pending',
      }),
    );
    world.road = (call) => call.deliver();
    await world.send();
    expect(world.attempts).toHaveLength(0);
    expect(world.balance).toBe(99);
  });

  test('the user waits for the rehearsal of SHADOW', async () => {
    const world = await openWorld(system, { mode: 'SHADOW' });
    world.road = () => new Promise(() => {});
    const start = Date.now();
    await world.send();
    expect(Date.now() - start).toBeGreaterThanOrEqual(world.settings.budgetMs);
  });
});

test('everything the runbook does not state is the part of the reference', () => {
  const replaced = Object.keys(referenceParts).filter(
    (name) => Reflect.get(system.parts, name) !== Reflect.get(referenceParts, name),
  );
  expect(replaced.toSorted()).toEqual([
    'admit',
    'classifyDelivery',
    'deliver',
    'legacySend',
    'receiveBatch',
    'recordDelivery',
    'recover',
    'settle',
    'shadowSend',
  ]);
});
