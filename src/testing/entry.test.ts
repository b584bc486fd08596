// The entry point: uuids, reservations, and what happens when the database does not say how it went.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { system } from '../reference.ts';
import { failure, openWorld, type World } from './scripted-world.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const uuidsOf = (world: World) => world.store.rows('campaign_sms').map((row) => row.message_uuid);

describe('uuids', () => {
  test('are persisted with mode and epoch before anything is sent', async () => {
    const world = await openWorld(system, { mode: 'ON', messages: 2 });
    world.road = async () => {
      expect(world.store.rows('campaign_sms').map(({ mode, epoch }) => [mode, epoch])).toEqual([
        ['ON', 1],
        ['ON', 1],
      ]);
      expect(uuidsOf(world)).not.toContain(null);
      return failure('refused');
    };
    await world.send();
    expect(world.calls).toHaveLength(1);
    expect(new Set(uuidsOf(world)).size).toBe(2);
    expect.assertions(4);
  });

  test('stay the same over redeliveries', async () => {
    const world = await openWorld(system, { mode: 'ON', messages: 2 });
    world.provider = async () => failure('timeout');
    await world.send();
    const first = uuidsOf(world);
    await world.send();
    await world.send();
    expect(uuidsOf(world)).toEqual(first);
    expect(world.attempts).toHaveLength(2);
  });

  test.each([true, false])('are made once when COMMIT is not answered (applied: %s)', async (applied) => {
    const world = await openWorld(system, { mode: 'ON', messages: 2 });
    world.store.trouble('update campaign_sms', { kind: 'unknown', applied });
    expect((await world.send()).status).toBe(200);
    const sent = new Set(
      JSON.parse(world.calls[0]?.body ?? '').messages.map((m: { message_uuid: string }) => m.message_uuid),
    );
    expect(sent).toEqual(new Set(uuidsOf(world)));
    expect(world.store.rows('quota_ledger')).toHaveLength(2);
    expect(world.attempts).toHaveLength(2);
  });

  test('are asked for once more after a deadlock', async () => {
    const world = await openWorld(system, { mode: 'OFF' });
    world.store.trouble('update campaign_sms', { kind: 'rolled-back', sqlState: '40P01' });
    expect((await world.send()).status).toBe(200);
    expect(world.attempts).toHaveLength(1);
  });

  test('that cannot be stored send nothing, and the user is told', async () => {
    const world = await openWorld(system, { mode: 'OFF' });
    for (const sqlState of ['08006', '08006']) {
      world.store.trouble('select campaign_sms', { kind: 'rolled-back', sqlState });
    }
    expect((await world.send()).status).toBe(503);
    expect(world.attempts).toHaveLength(0);
    expect(uuidsOf(world)).toEqual([null]);
  });

  test.each(['OFF', 'SHADOW', 'ON'])('that are blank are rejected in %s, with nothing called or sent', async (mode) => {
    const world = await openWorld(system, { mode, messages: 2 });
    await world.store.transaction((tx) => tx.update('campaign_sms', { id: 2 }, { message_uuid: '' }));
    const response = await world.send();
    expect(response.status).toBe(422);
    expect(response.body).toContain('message_uuid is required');
    await world.rest();
    expect(world.calls).toHaveLength(0);
    expect(world.attempts).toHaveLength(0);
    expect(uuidsOf(world)[1]).toBe('');
  });
});

describe('quota', () => {
  test.each(['OFF', 'ON'])('that is used up refuses the rest in %s, without giving them uuids', async (mode) => {
    const world = await openWorld(system, { mode, messages: 3, quota: 2 });
    expect(JSON.parse((await world.send()).body)).toEqual({ status: 'queued', messages: 2, refused: 1 });
    expect(world.attempts).toHaveLength(2);
    expect(uuidsOf(world)[2]).toBeNull();
    expect(world.balance).toBe(0);
  });

  test('that is reserved is not given twice', async () => {
    const world = await openWorld(system, { mode: 'ON', messages: 1, quota: 1 });
    world.provider = async () => failure('timeout');
    await world.send();
    const [item] = world.store.rows('campaign_sms');
    if (item !== undefined) await world.store.seed('campaign_sms', [{ ...item, id: 9, message_uuid: null }]);
    expect(JSON.parse((await world.send()).body)).toMatchObject({ refused: 1 });
    expect(world.balance).toBe(1);
    expect(uuidsOf(world)[1]).toBeNull();
  });

  test('is no matter in SHADOW', async () => {
    const world = await openWorld(system, { mode: 'SHADOW', quota: 0 });
    expect(JSON.parse((await world.send()).body)).toMatchObject({ messages: 1, refused: 0 });
    expect(world.balance).toBe(0);
  });
});

describe('requests', () => {
  test.each([
    ['/campaigns/71/send', '{}', 404],
    ['/campaigns/x/send', '{}', 404],
    ['/campaigns/70/send', '{', 400],
    ['/nowhere', '{}', 404],
  ])('%s with %s is answered %i and has no effect', async (path, body, status) => {
    const world = await openWorld(system, { mode: 'OFF' });
    const response = await world.post(path, body);
    expect(response.status).toBe(status);
    expect(JSON.parse(response.body)).toHaveProperty('error');
    expect(world.attempts).toHaveLength(0);
    expect(uuidsOf(world)).toEqual([null]);
  });
});
