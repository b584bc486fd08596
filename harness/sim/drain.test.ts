import { describe, expect, test } from 'vitest';
import {
  type Drain,
  DRAIN_NAMES,
  drainsExactly,
  openDrain,
  outsideMicrotasks,
  type SynchronousDrain,
} from './drain.ts';

/** Whether a drain runs a chain of promises of this length, and the microtask that its end queues, before it returns or calls back. */
async function completes(drain: Drain, length: number): Promise<boolean> {
  let isDone = false;
  const chain = async (): Promise<void> => {
    for (let count = 0; count < length; count += 1) await Promise.resolve();
    queueMicrotask(() => {
      isDone = true;
    });
  };
  if (!drain.isSynchronous) {
    return new Promise((resolve) => {
      void chain();
      drain.thenCall(() => resolve(isDone));
    });
  }
  return outsideMicrotasks(() => {
    void chain();
    drain.drainNow();
    return isDone;
  });
}

describe('the drains', () => {
  test.each(DRAIN_NAMES)(
    'the drain %s runs a chain of promises of any length to its end, and the microtask that its end queues',
    async (name) => {
      const drain = await openDrain(name);
      for (const length of [1, 7, 500]) expect(await completes(drain, length)).toBe(true);
    },
  );

  test('a drain that waits for a fixed number of microtasks is detected', async () => {
    const early: Drain = {
      name: 'bounce',
      isSynchronous: false,
      thenCall(turn) {
        let chain = Promise.resolve();
        for (let count = 0; count < 20; count += 1) chain = chain.then(() => undefined);
        void chain.then(() => turn());
      },
    };
    expect(await completes(early, 7)).toBe(true);
    expect(await completes(early, 500)).toBe(false);
  });

  test('openDrain returns a drain that works, and the named one if a name is given', async () => {
    expect(DRAIN_NAMES).toContain((await openDrain()).name);
    expect((await openDrain('bounce')).isSynchronous).toBe(false);
  });

  test('opening a drain emits no warning', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error): void => {
      warnings.push(warning);
    };
    process.on('warning', listen);
    for (const name of DRAIN_NAMES) await openDrain(name);
    await outsideMicrotasks(() => undefined);
    process.off('warning', listen);
    expect(warnings).toEqual([]);
  });

  test('a drain that has no effect or stops early is detected', async () => {
    const real = await openDrain('checkpoint');
    const idle: SynchronousDrain = { name: 'tick', isSynchronous: true, drainNow: () => {} };
    expect(await outsideMicrotasks(() => drainsExactly(idle))).toBe(false);
    expect(await outsideMicrotasks(() => real.isSynchronous && drainsExactly(real))).toBe(true);
  });

  test('a synchronous drain called from a microtask is found to have no effect', async () => {
    const real = await openDrain('checkpoint');
    await Promise.resolve();
    expect(real.isSynchronous && drainsExactly(real)).toBe(false);
  });
});
