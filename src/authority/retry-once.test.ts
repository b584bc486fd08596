import { expect, test } from 'vitest';
import type { Outcome, Store } from '../contract/store.ts';
import { mustCommit, retryOnce, StoreUnavailable } from './retry-once.ts';

/** A store whose transactions end in `outcomes`, in order. `begun` counts the transactions. */
function storeEndingIn(outcomes: readonly Outcome<string>[]): { store: Store; begun: () => number } {
  const left = [...outcomes];
  const transaction = async () => left.shift() ?? { kind: 'unknown' };
  return { store: { transaction } as Store, begun: () => outcomes.length - left.length };
}

const committed: Outcome<string> = { kind: 'committed', value: 'done' };
const rolledBack = (sqlState: string): Outcome<string> => ({ kind: 'rolled-back', sqlState });
const work = () => Promise.resolve('done');

test.each<[string, Outcome<string>]>([
  ['an unknown outcome', { kind: 'unknown' }],
  ['a lost connection', rolledBack('08006')],
  ['a serialization failure', rolledBack('40001')],
  ['a deadlock', rolledBack('40P01')],
  ['a shutdown of the database', rolledBack('57P01')],
])('%s is retried once', async (_name, first) => {
  const { store, begun } = storeEndingIn([first, committed, committed]);
  expect(await retryOnce(store, work)).toEqual(committed);
  expect(begun()).toBe(2);
});

test.each(['42501', '23505', '23502', '22001'])('SQL state %s, a refusal, is not retried', async (sqlState) => {
  const { store, begun } = storeEndingIn([rolledBack(sqlState), committed]);
  expect(await retryOnce(store, work)).toEqual(rolledBack(sqlState));
  expect(begun()).toBe(1);
});

test('a transaction that fails twice is not tried a third time', async () => {
  const { store, begun } = storeEndingIn([rolledBack('08006'), { kind: 'unknown' }, committed]);
  await expect(mustCommit(store, work)).rejects.toBeInstanceOf(StoreUnavailable);
  expect(begun()).toBe(2);
});
