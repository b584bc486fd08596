// The fence at work when the database does not answer: asked once more, and nothing is sent in doubt.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { system } from '../reference.ts';
import { openWorld } from './scripted-world.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe.each(['OFF', 'ON'])('in %s', (mode) => {
  const sender = mode === 'ON' ? 'service' : 'legacy';

  test.each([
    ['call sa_claim', true],
    ['call sa_claim', false],
    ['call sa_begin_send', true],
    ['call sa_begin_send', false],
  ])('%s is asked once more when its COMMIT is not answered (applied: %s)', async (verb, applied) => {
    const world = await openWorld(system, { mode });
    world.store.trouble(verb, { kind: 'unknown', applied });
    await world.send();
    expect(world.attempts.map(({ role }) => role)).toEqual([sender]);
    expect(world.store.rows('send_authority')[0]).toMatchObject({ state: 'SENT', epoch: 1 });
    expect(world.balance).toBe(99);
  });

  test.each(['call sa_claim', 'call sa_begin_send'])('nothing is sent when %s stays unknown', async (verb) => {
    const world = await openWorld(system, { mode });
    world.store.trouble(verb, { kind: 'unknown', applied: true });
    world.store.trouble(verb, { kind: 'unknown', applied: true });
    await world.send();
    expect(world.attempts).toHaveLength(0);
    expect(world.balance).toBe(100);
  });

  test.each([true, false])(
    'a settlement that is not answered is asked for once more (applied: %s)',
    async (applied) => {
      const world = await openWorld(system, { mode });
      world.store.trouble('call sa_settle', { kind: 'unknown', applied });
      await world.send();
      expect(world.attempts).toHaveLength(1);
      expect(world.store.rows('send_authority')[0]).toMatchObject({ state: 'SENT', provider_message_id: 'SM1' });
      expect(world.balance).toBe(99);
    },
  );

  test('a send that cannot be settled stays SENDING and is not sent again', async () => {
    const world = await openWorld(system, { mode });
    world.store.trouble('call sa_settle', { kind: 'unknown', applied: false });
    world.store.trouble('call sa_settle', { kind: 'unknown', applied: false });
    await world.send();
    await world.send();
    expect(world.attempts).toHaveLength(1);
    expect(world.store.rows('send_authority')[0]?.state).toBe('SENDING');
  });

  test('a refusal of the database is not repeated', async () => {
    const world = await openWorld(system, { mode });
    world.store.trouble('call sa_claim', { kind: 'rolled-back', sqlState: '42501' });
    await world.send();
    expect(world.attempts).toHaveLength(0);
    expect(world.store.rows('send_authority')).toHaveLength(0);
  });

  test('credentials that cannot be read leave a claim, not a send in doubt', async () => {
    const world = await openWorld(system, { mode });
    world.store.trouble('select provider_credentials', { kind: 'rolled-back', sqlState: '08006' });
    await world.send();
    expect(world.attempts).toHaveLength(0);
    expect(world.store.rows('send_authority')[0]?.state).toBe('CLAIMED');
  });
});
