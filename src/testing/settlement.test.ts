// Settlement and recovery: one log row and one charge for each uuid, by what the authority says.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '../contract/parts.ts';
import { referenceParts, system } from '../reference.ts';
import { answer, failure, openWorld, sleep, type World } from './scripted-world.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function recover(world: World): Promise<unknown> {
  return JSON.parse((await world.post('/recover')).body);
}

const AT_REST = { surfaced: 0, settled: 0, reentered: 0, pending: 0 };

describe('settlement', () => {
  test('happens once, however often it is asked for', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    await world.send();
    const messageUuid = world.store.rows('campaign_sms')[0]?.message_uuid ?? '';
    await world.store.transaction((tx) => tx.update('campaign_sms', {}, { settled: false }));
    const context: Context = { env: world.environments.legacy, parts: referenceParts, role: 'legacy' };
    const message = { messageUuid, tenantId: 7, recipient: '', body: '', provider: '' };
    await Promise.all([referenceParts.settle(context, [message], []), referenceParts.settle(context, [message], [])]);
    expect(world.store.rows('sms_logs')).toHaveLength(1);
    expect(world.balance).toBe(99);
  });

  test('writes log, charge and end together or not at all', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    for (let times = 0; times < 2; times += 1) {
      world.store.trouble('insert sms_logs', { kind: 'rolled-back', sqlState: '08006' });
    }
    expect((await world.send()).status).toBe(200);
    expect(world.store.rows('sms_logs')).toHaveLength(0);
    expect(world.balance).toBe(100);
    expect(world.logged('SETTLEMENT_LEFT_TO_RECOVERY')).toHaveLength(1);
    expect(await recover(world)).toEqual({ ...AT_REST, settled: 1 });
    expect(world.store.rows('sms_logs')).toHaveLength(1);
    expect(world.balance).toBe(99);
    expect(await recover(world)).toEqual(AT_REST);
  });

  test.each([true, false])('charges once when COMMIT is not answered (applied: %s)', async (applied) => {
    const world = await openWorld(system, { mode: 'ON' });
    world.store.trouble('insert sms_logs', { kind: 'unknown', applied });
    await world.send();
    expect(world.store.rows('sms_logs')).toHaveLength(1);
    expect(world.balance).toBe(99);
  });

  test('believes the authority, not the answer', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    world.road = async (call) => {
      const [message_uuid] = /uuid-\d+/.exec(call.body) ?? [];
      const results = [{ message_uuid, status: 'accepted' }];
      return answer(200, { results });
    };
    await world.send();
    expect(world.store.rows('sms_logs')).toHaveLength(0);
    expect(world.balance).toBe(100);
  });

  test('resolves an unknown message when its authority is resolved, in the same row', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    world.provider = async () => failure('timeout');
    await world.send();
    expect(world.store.rows('sms_logs')[0]?.status).toBe('unknown');
    expect(await recover(world)).toEqual(AT_REST);
    const [{ message_uuid: messageUuid, epoch } = { message_uuid: '', epoch: 0 }] = world.store.rows('send_authority');
    await world.store.transaction((tx) =>
      tx.call('sa_settle', { messageUuid, epoch, state: 'SENT', providerMessageId: 'SM5' }),
    );
    expect(await recover(world)).toEqual({ ...AT_REST, settled: 1 });
    expect(world.store.rows('sms_logs')).toMatchObject([
      { status: 'accepted', provider_message_id: 'SM5', source: 'go' },
    ]);
    expect(world.balance).toBe(99);
    expect(await recover(world)).toEqual(AT_REST);
  });
});

describe('recovery', () => {
  test('has nothing to do where nothing was begun', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    expect(await recover(world)).toEqual(AT_REST);
    expect(world.attempts).toHaveLength(0);
  });

  test('surfaces a send that nobody finished, once it is old enough, and never repeats it', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    world.provider = () => new Promise(() => {});
    world.environments.service.http.post = () => new Promise(() => {});
    await world.send();
    expect(await recover(world)).toEqual({ ...AT_REST, pending: 1 });
    vi.advanceTimersByTime(world.settings.surfaceAfterMs);
    expect(await recover(world)).toEqual({ ...AT_REST, surfaced: 1, settled: 1 });
    expect(world.store.rows('sms_logs').map(({ source, status }) => [source, status])).toEqual([['go', 'unknown']]);
    expect(await recover(world)).toEqual(AT_REST);
    expect(world.store.rows('quota_ledger')[0]?.state).toBe('reserved');
  });

  test.each(['OFF', 'SHADOW', 'ON'])('takes a message whose holder died after the claim again, in %s', async (mode) => {
    const world = await openWorld(system, { mode });
    for (let times = 0; times < 2; times += 1) {
      world.store.trouble('call sa_begin_send', { kind: 'rolled-back', sqlState: '08006' });
    }
    await world.send();
    expect(world.attempts).toHaveLength(0);
    expect(await recover(world)).toEqual({ ...AT_REST, reentered: 1, pending: 1 });
    await world.until(sleep(world.settings.leaseMs));
    expect(await recover(world)).toEqual({ ...AT_REST, reentered: 1 });
    expect(world.attempts.map(({ role }) => role)).toEqual([mode === 'ON' ? 'service' : 'legacy']);
    expect(world.store.rows('send_authority')[0]?.epoch).toBe(2);
    expect(world.balance).toBe(mode === 'SHADOW' ? 100 : 99);
    await world.rest();
    expect(await recover(world)).toEqual(AT_REST);
  });

  test('leaves items without a uuid, or with a blank one, alone', async () => {
    const world = await openWorld(system, { mode: 'ON', messages: 2 });
    await world.store.transaction((tx) => tx.update('campaign_sms', { id: 2 }, { message_uuid: '' }));
    expect(await recover(world)).toEqual(AT_REST);
    expect(world.calls).toHaveLength(0);
  });
});
