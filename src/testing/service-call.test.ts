// What the client of the service tells the breakers: whose failure counts, and in which of the two.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { system } from '../reference.ts';
import { answer, failure, openWorld } from './scripted-world.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each([
  { name: 'a timeout', outcome: failure('timeout'), failures: 1 },
  { name: 'a refused connection', outcome: failure('refused'), failures: 1 },
  { name: 'status 500', outcome: answer(500, {}), failures: 1 },
  { name: 'a bad answer', outcome: answer(200, {}), failures: 1 },
  { name: 'status 422', outcome: answer(422, {}), failures: undefined },
  { name: 'an answer', outcome: answer(200, { results: [] }), failures: undefined },
])('$name counts $failures failures in the live breaker', async ({ outcome, failures }) => {
  const world = await openWorld(system, { mode: 'ON' });
  world.road = async () => outcome;
  await world.send();
  expect(world.store.rows('messaging_breakers')[0]?.failures).toBe(failures);
});

test('a rehearsal that fails counts in the breaker of rehearsals only', async () => {
  const world = await openWorld(system, { mode: 'SHADOW' });
  world.road = async () => failure('refused');
  await world.send();
  await world.rest();
  expect(world.store.rows('messaging_breakers').map(({ name }) => name)).toEqual(['dry']);
});
