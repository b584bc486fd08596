// The fallback of ON: its reasons, its fence, its evidence.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { system } from '../reference.ts';
import { answer, failure, openWorld, seedBreaker, sleep, type World } from './scripted-world.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const roles = (world: World) => world.attempts.map(({ role }) => role);

describe('the fallback', () => {
  test.each(['refused', 'reset-before-write', 'reset', 'closed', 'truncated'] as const)(
    'sends after %s when the service has seen nothing',
    async (reason) => {
      const world = await openWorld(system, { mode: 'ON', messages: 2 });
      world.road = async () => failure(reason);
      await world.send();
      expect(roles(world)).toEqual(['legacy', 'legacy']);
      expect(world.logged('LEGACY_SEND_FALLBACK_ON_MODE: message_uuid=')).toHaveLength(2);
      expect(world.store.rows('sms_logs').map(({ source }) => source)).toEqual(['legacy', 'legacy']);
      expect(world.balance).toBe(98);
    },
  );

  test.each(['reset', 'closed', 'truncated', 'timeout'] as const)(
    'does not send after %s when the service has sent, and logs no fallback',
    async (reason) => {
      const world = await openWorld(system, { mode: 'ON' });
      world.road = async (call) => {
        await call.deliver();
        return failure(reason);
      };
      await world.send();
      expect(roles(world)).toEqual(['service']);
      expect(world.logged('LEGACY_SEND_FALLBACK_ON_MODE')).toHaveLength(0);
      expect(world.store.rows('sms_logs').map(({ source }) => source)).toEqual(['go']);
      expect(world.balance).toBe(99);
    },
  );

  test('does not send while the provider call of the service is in flight, nor after a crash in it', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    world.road = async (call) => {
      void call.deliver();
      await sleep(50);
      return failure('reset');
    };
    world.provider = () => new Promise(() => {});
    await world.send();
    expect(roles(world)).toEqual(['service']);
    expect(world.store.rows('send_authority')[0]?.state).toBe('SENDING');
  });

  test('keeps a late request from sending', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    let late: Promise<unknown> = Promise.resolve();
    world.road = (call) => {
      late = sleep(1_200).then(() => call.deliver());
      return new Promise(() => {});
    };
    const start = Date.now();
    await world.send();
    expect(Date.now() - start).toBeLessThan(world.settings.budgetMs + 10);
    await world.until(late);
    expect(await late).toMatchObject({ status: 200, body: expect.stringContaining('"status":"in_progress"') });
    expect(roles(world)).toEqual(['legacy']);
    expect(world.store.rows('go_sms_logs')).toHaveLength(0);
    expect(JSON.parse((await world.post('/reconcile')).body)).toEqual([]);
  });

  test('sends only those messages whose authority it wins', async () => {
    const world = await openWorld(system, { mode: 'ON', messages: 3, settings: { workers: 1 } });
    world.provider = async ({ role }) => {
      if (role === 'service' && world.attempts.length === 2) await new Promise(() => {});
      return answer(201, { sid: 'SM1' });
    };
    world.road = async (call) => {
      void call.deliver();
      await sleep(100);
      return failure('reset');
    };
    await world.send();
    expect(world.attempts.map(({ role, recipient }) => `${role} ${recipient}`)).toEqual([
      'service +99900001',
      'service +99900002',
      'legacy +99900003',
    ]);
    expect(world.logged('LEGACY_SEND_FALLBACK_ON_MODE')).toHaveLength(1);
  });

  test.each([400, 500, 503])('does not happen after status %i; recovery brings the message back', async (status) => {
    const world = await openWorld(system, { mode: 'ON' });
    world.road = async () => answer(status, {});
    await world.send();
    expect(world.attempts).toHaveLength(0);
    world.road = (call) => call.deliver();
    expect(JSON.parse((await world.post('/recover')).body)).toEqual({
      surfaced: 0,
      settled: 0,
      reentered: 1,
      pending: 0,
    });
    expect(roles(world)).toEqual(['service']);
    expect(world.balance).toBe(99);
  });

  test('takes the breaker OPEN as a reason to compete, not as a proof', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    world.provider = () => new Promise(() => {});
    await world.send();
    await seedBreaker(world, { state: 'OPEN' });
    await world.send();
    expect(world.calls).toHaveLength(1);
    expect(roles(world)).toEqual(['service']);
  });

  test('sends without a call when the breaker is OPEN', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    await seedBreaker(world, { state: 'OPEN' });
    await world.send();
    expect(world.calls).toHaveLength(0);
    expect(roles(world)).toEqual(['legacy']);
    expect(world.logged('LEGACY_SEND_FALLBACK_ON_MODE')[0]).toContain('cause=breaker-open');
  });

  test('asks the provider once, whatever it answers', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    world.road = async () => failure('refused');
    world.provider = async () => answer(503, {});
    await world.send();
    expect(roles(world)).toEqual(['legacy']);
    expect(world.store.rows('send_authority')[0]?.state).toBe('UNKNOWN');
  });

  test('without credentials nothing is sent and nothing is logged as a fallback', async () => {
    const world = await openWorld(system, { mode: 'ON' });
    await world.store.transaction((tx) => tx.remove('provider_credentials', {}));
    world.road = async () => failure('refused');
    await world.send();
    expect(world.attempts).toHaveLength(0);
    expect(world.logged('LEGACY_SEND_FALLBACK_ON_MODE')).toHaveLength(0);
    expect(world.store.rows('sms_logs').map(({ status }) => status)).toEqual(['rejected']);
  });
});
