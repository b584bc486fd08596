// The breaker: its transitions, over the store that the fleet shares and by the database's clock.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '../contract/parts.ts';
import { breakerAdmits } from '../legacy/breaker-admits.ts';
import { breakerRecords } from '../legacy/breaker-records.ts';
import { referenceParts, system } from '../reference.ts';
import { seedBreaker, World } from './scripted-world.ts';

let world: World;
let context: Context;

beforeEach(() => {
  vi.useFakeTimers();
  world = new World(system);
  context = { env: world.environments.legacy, parts: referenceParts, role: 'legacy' };
});
afterEach(() => void vi.useRealTimers());

const admits = () => breakerAdmits(context, 'live');
const records = (success: boolean) => breakerRecords(context, 'live', success);
const state = () => world.store.rows('messaging_breakers')[0]?.state;

describe('the breaker', () => {
  test('admits when nothing was ever recorded, and stays unwritten in health', async () => {
    expect(await admits()).toBe(true);
    await records(true);
    expect(world.store.rows('messaging_breakers')).toHaveLength(0);
  });

  test('opens at the last failure of its window, and not before', async () => {
    for (let failed = 1; failed < world.settings.breakerFailures; failed += 1) {
      await records(false);
      expect(state()).toBe('CLOSED');
    }
    await records(false);
    expect(state()).toBe('OPEN');
    expect(await admits()).toBe(false);
  });

  test('forgets failures when their window has passed', async () => {
    for (let failed = 1; failed < world.settings.breakerFailures; failed += 1) await records(false);
    vi.advanceTimersByTime(world.settings.breakerWindowMs + 1);
    await records(false);
    expect(state()).toBe('CLOSED');
    expect(world.store.rows('messaging_breakers')[0]?.failures).toBe(1);
  });

  test('lets one probe through when its time is up, and no second', async () => {
    await seedBreaker(world, { state: 'OPEN' });
    vi.advanceTimersByTime(world.settings.breakerProbeAfterMs + 1);
    expect([await admits(), await admits(), await admits()]).toEqual([true, false, false]);
    expect(state()).toBe('HALF_OPEN');
  });

  test('lets as many probes through as its settings say', async () => {
    world = new World(system, { breakerProbes: 2 });
    context = { ...context, env: world.environments.legacy };
    await seedBreaker(world, { state: 'OPEN' });
    vi.advanceTimersByTime(world.settings.breakerProbeAfterMs + 1);
    expect([await admits(), await admits(), await admits()]).toEqual([true, true, false]);
  });

  test('closes when the probe succeeds', async () => {
    await seedBreaker(world, { state: 'HALF_OPEN', failures: 5, probes: 1 });
    await records(true);
    expect(world.store.rows('messaging_breakers')[0]).toMatchObject({ state: 'CLOSED', failures: 0, probes: 0 });
    expect([await admits(), await admits()]).toEqual([true, true]);
  });

  test('opens again when the probe fails, for a whole time', async () => {
    await seedBreaker(world, { state: 'HALF_OPEN', probes: 1 });
    vi.advanceTimersByTime(400);
    await records(false);
    vi.advanceTimersByTime(world.settings.breakerProbeAfterMs - 1);
    expect(await admits()).toBe(false);
    vi.advanceTimersByTime(2);
    expect(await admits()).toBe(true);
  });

  test('gives the place of a probe that never reported to another', async () => {
    await seedBreaker(world, { state: 'HALF_OPEN', probes: 1 });
    expect(await admits()).toBe(false);
    vi.advanceTimersByTime(world.settings.breakerProbeAfterMs + world.settings.budgetMs + 1);
    expect([await admits(), await admits()]).toEqual([true, false]);
  });

  test('is not closed by a success, nor prolonged by a failure, that comes while it is OPEN', async () => {
    await seedBreaker(world, { state: 'OPEN' });
    const [before] = world.store.rows('messaging_breakers');
    vi.advanceTimersByTime(100);
    await records(true);
    await records(false);
    expect(world.store.rows('messaging_breakers')).toEqual([before]);
  });

  test('of dry runs leaves the live one alone', async () => {
    for (let failed = 0; failed < world.settings.breakerFailures; failed += 1) {
      await breakerRecords(context, 'dry', false);
    }
    expect(await breakerAdmits(context, 'dry')).toBe(false);
    expect(await admits()).toBe(true);
  });

  test('that cannot be read admits, and says so', async () => {
    await seedBreaker(world, { state: 'OPEN' });
    world.store.trouble('select messaging_breakers', { kind: 'rolled-back', sqlState: '08006' });
    expect(await admits()).toBe(true);
    expect(world.logged('BREAKER_UNREADABLE')).toHaveLength(1);
  });
});
