// The mode switch of the whole assembly: who sends, who is called, what is logged and charged.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseFields } from '../contract/json.ts';
import { system } from '../reference.ts';
import { answer, openWorld, sleep, TENANT_ID } from './scripted-world.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('OFF', () => {
  test('legacy sends and is charged, and the service is not called', async () => {
    const world = await openWorld(system, { mode: 'OFF', messages: 2 });
    expect((await world.send()).status).toBe(200);
    expect(world.attempts.map(({ role }) => role)).toEqual(['legacy', 'legacy']);
    expect(world.calls).toHaveLength(0);
    expect(world.balance).toBe(98);
    expect(world.logged('LEGACY_SEND_FALLBACK_ON_MODE')).toHaveLength(0);
    expect(world.store.rows('sms_logs').map(({ source, status }) => [source, status])).toEqual([
      ['legacy', 'accepted'],
      ['legacy', 'accepted'],
    ]);
  });

  test('a tenant without a flag is OFF', async () => {
    const world = await openWorld(system);
    await world.send();
    expect(world.calls).toHaveLength(0);
    expect(world.attempts).toHaveLength(1);
    expect(world.logged('UNKNOWN_MODE')).toHaveLength(0);
  });

  test('a mode nobody knows acts as OFF and raises an alarm', async () => {
    const world = await openWorld(system, { mode: 'on' });
    await world.send();
    expect(world.calls).toHaveLength(0);
    expect(world.attempts.map(({ role }) => role)).toEqual(['legacy']);
    expect(world.logged('UNKNOWN_MODE_ACTS_AS_OFF')).toHaveLength(1);
  });
});

describe('SHADOW', () => {
  test('legacy sends, the service rehearses, nothing is charged', async () => {
    const world = await openWorld(system, { mode: 'SHADOW', messages: 2 });
    await world.send();
    await world.rest();
    expect(world.attempts.map(({ role }) => role)).toEqual(['legacy', 'legacy']);
    expect(world.calls.map(({ body }) => parseFields(body)?.['dry_run'])).toEqual([true]);
    expect(world.logged('DRY_RUN_NO_PROVIDER_CALL: message_uuid=')).toHaveLength(2);
    expect(world.store.rows('go_sms_logs').map(({ dry_run, status }) => [dry_run, status])).toEqual([
      [true, 'accepted'],
      [true, 'accepted'],
    ]);
    expect(world.balance).toBe(100);
    expect(world.store.rows('quota_ledger')).toHaveLength(0);
  });

  test('the user gets the answer of OFF without waiting for the rehearsal', async () => {
    const off = await openWorld(system, { mode: 'OFF' });
    const expected = await off.send();
    const world = await openWorld(system, { mode: 'SHADOW' });
    world.road = () => new Promise(() => {});
    const start = Date.now();
    expect(await world.send()).toEqual(expected);
    expect(Date.now() - start).toBeLessThan(world.settings.budgetMs);
    await world.rest();
    expect(world.logged('SHADOW_SEND_FAILED')).toHaveLength(1);
  });

  test('a rehearsal that fails, or throws, changes nothing and sends nothing more', async () => {
    const world = await openWorld(system, { mode: 'SHADOW' });
    world.road = () => Promise.reject(new Error('broken'));
    expect((await world.send()).status).toBe(200);
    await world.rest();
    expect(world.logged('SHADOW_SEND_FAILED')).toHaveLength(1);
    expect(world.attempts).toHaveLength(1);
    expect(world.store.rows('campaign_sms')[0]?.settled).toBe(true);
  });

  test('a rehearsed uuid can still be sent by the service', async () => {
    const world = await openWorld(system);
    const message = { message_uuid: 'u1', recipient: '+9991', body: 'text', provider: 'twilio' };
    const call = async (dryRun: boolean) => {
      const request = { tenant_id: TENANT_ID, campaign_id: null, dry_run: dryRun, messages: [message] };
      const post = { method: 'POST', path: '/v1/batches', headers: {}, body: JSON.stringify(request) };
      return (await world.until(world.applications.service.handle(post))).body;
    };
    expect(await call(true)).toContain('"status":"accepted"');
    expect(world.attempts).toHaveLength(0);
    expect(await call(false)).toContain('"status":"accepted"');
    expect(world.attempts).toHaveLength(1);
    expect(await call(false)).toContain('"status":"duplicate","provider_message_id":"SM1"');
    expect(world.store.rows('go_sms_logs').map(({ dry_run }) => dry_run)).toEqual([true, false]);
  });
});

describe('ON', () => {
  test('the service sends under each entry its own payload, and legacy writes the log and the charge', async () => {
    const world = await openWorld(system, { mode: 'ON', messages: 3 });
    expect(await world.send()).toEqual({
      status: 200,
      body: JSON.stringify({ status: 'queued', messages: 3, refused: 0 }),
    });
    expect(world.attempts.map(({ role, recipient, body }) => [role, recipient, body])).toEqual([
      ['service', '+99900001', 'text 1'],
      ['service', '+99900002', 'text 2'],
      ['service', '+99900003', 'text 3'],
    ]);
    expect(world.attempts[0]?.authorization).toBe(`Basic ${Buffer.from('AC7:secret').toString('base64')}`);
    expect(world.store.rows('sms_logs').map(({ source, status }) => [source, status])).toEqual(
      Array.from({ length: 3 }, () => ['go', 'accepted']),
    );
    expect(world.balance).toBe(97);
    expect(world.calls).toHaveLength(1);
    expect(JSON.parse((await world.post('/reconcile')).body)).toEqual([]);
  });

  test('what the provider rejects is not sent by anyone else and not charged', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    world.provider = async () => answer(400, {});
    await world.send();
    await world.send();
    expect(world.attempts).toHaveLength(1);
    expect(world.balance).toBe(100);
    expect(world.store.rows('sms_logs').map(({ source, status }) => [source, status])).toEqual([['go', 'rejected']]);
    expect(world.store.rows('quota_ledger')[0]?.state).toBe('released');
  });

  test('what the provider leaves in doubt is unknown, keeps its reservation, and is not sent again', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    world.provider = async () => answer(500, {});
    await world.send();
    await world.send();
    expect(world.attempts).toHaveLength(1);
    expect(world.store.rows('sms_logs').map(({ status }) => status)).toEqual(['unknown']);
    expect(world.store.rows('quota_ledger')[0]?.state).toBe('reserved');
    expect(world.balance).toBe(100);
  });

  test('a redelivery keeps uuid and mode, even after a flip', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    world.road = async () => answer(500, {});
    await world.send();
    const [before] = world.store.rows('campaign_sms');
    await world.store.transaction((tx) => tx.update('feature_flags', {}, { mode: 'OFF', epoch: 2 }));
    world.road = (call) => call.deliver();
    await world.send();
    const [after] = world.store.rows('campaign_sms');
    expect(after).toEqual({ ...before, settled: true });
    expect(world.attempts.map(({ role }) => role)).toEqual(['service']);
  });

  test('the mode is read once: a flip during the entry changes nothing', async () => {
    const world = await openWorld(system, { mode: 'SHADOW' });
    world.provider = async () => {
      await world.store.transaction((tx) => tx.update('feature_flags', {}, { mode: 'ON', epoch: 2 }));
      return answer(201, { sid: 'SM1' });
    };
    await world.send();
    await world.rest();
    expect(world.calls.map(({ body }) => body.includes('"dry_run":true'))).toEqual([true]);
    expect(world.attempts).toHaveLength(1);
  });

  test('a slow batch is answered in time and goes on sending', async () => {
    const world = await openWorld(system, { mode: 'ON', messages: 3, settings: { workers: 1 } });
    world.provider = async () => {
      await sleep(300);
      return answer(201, { sid: 'SM1' });
    };
    const start = Date.now();
    await world.send();
    expect(Date.now() - start).toBeLessThan(world.settings.budgetMs);
    expect(world.store.rows('sms_logs')).toHaveLength(1);
    await world.rest();
    expect(world.attempts.map(({ role }) => role)).toEqual(['service', 'service', 'service']);
    await world.post('/recover');
    expect(world.balance).toBe(97);
  });
});
