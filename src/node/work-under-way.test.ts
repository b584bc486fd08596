import { expect, test } from 'vitest';
import { WorkUnderWay } from './work-under-way.ts';

test('a process is idle before it begins work, and once all of its work has settled', async () => {
  const work = new WorkUnderWay();
  await work.untilIdle();
  const done: string[] = [];
  const [first, second] = [deferred<number>(), deferred<void>()];
  const tracked = work.track(first.promise);
  void work.track(second.promise).catch(() => done.push('failed'));
  const idle = work.untilIdle().then(() => done.push('idle'));
  first.resolve(1);
  expect(await tracked).toBe(1);
  expect(done).toEqual([]);
  second.reject(new Error('failed'));
  await idle;
  expect(done).toContain('idle');
});

test('a process is not idle if work begins while other work ends', async () => {
  const work = new WorkUnderWay();
  const later = deferred<void>();
  const first = work.track(Promise.resolve().then(() => void work.track(later.promise)));
  let isIdle = false;
  const idle = work.untilIdle().then(() => (isIdle = true));
  await first;
  expect(isIdle).toBe(false);
  later.resolve();
  await idle;
});

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

function deferred<T>(): Deferred<T> {
  const made: { resolve?: (value: T) => void; reject?: (error: Error) => void } = {};
  const promise = new Promise<T>((resolve, reject) => Object.assign(made, { resolve, reject }));
  return { promise, resolve: (value) => made.resolve?.(value), reject: (error) => made.reject?.(error) };
}
