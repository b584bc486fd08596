import { expect, test } from 'vitest';
import { watchStarvation } from './starvation-watch.ts';

test('a starvation watch measures the longest wait of a process between two samples that both include it', () => {
  const waited = new Map([[1, 5_000]]);
  const watch = watchStarvation(
    () => [1, 2, undefined],
    (pid) => waited.get(pid),
  );
  expect(watch.longestMs()).toBe(0);
  waited.set(1, 5_040).set(2, 900);
  expect(watch.longestMs()).toBe(40);
  waited.set(2, 1_500);
  expect(watch.longestMs()).toBe(600);
  waited.set(1, 5_041);
  expect(watch.longestMs()).toBe(600);
  watch.close();
});
