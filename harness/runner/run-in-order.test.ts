import { describe, expect, test } from 'vitest';
import { runInOrder } from './run-in-order.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const turns = async (count: number): Promise<void> => {
  for (let left = count; left > 0; left -= 1) await turn();
};

describe('tasks that are run in order', () => {
  test('tasks that are run in order begin in their order, at most as many at once as the capacity, and all of them run', async () => {
    const begun: number[] = [];
    const delivered: number[] = [];
    let active = 0;
    let activeMax = 0;
    await runInOrder({
      tasks: [0, 1, 2, 3, 4, 5, 6],
      capacity: 3,
      run: async (task) => {
        begun.push(task);
        activeMax = Math.max(activeMax, (active += 1));
        await turn();
        active -= 1;
      },
      onResult: (_, task) => delivered.push(task) > 0,
    });
    expect([begun, delivered, activeMax]).toEqual([[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6], 3]);
  });

  test('tasks that are run in order deliver their results in their order, even if they end in another order', async () => {
    const ended: number[] = [];
    const delivered: number[] = [];
    await runInOrder({
      tasks: [4, 0, 2, 1],
      capacity: 4,
      run: async (task) => {
        await turns(task);
        ended.push(task);
        return task;
      },
      onResult: (result) => delivered.push(result) > 0,
    });
    expect([ended, delivered]).toEqual([
      [0, 1, 2, 4],
      [4, 0, 2, 1],
    ]);
  });

  const untilTheFirst = async (keepsBegun: boolean): Promise<{ begun: number[]; delivered: number[] }> => {
    const begun: number[] = [];
    const delivered: number[] = [];
    await runInOrder({
      tasks: [0, 1, 2, 3],
      capacity: 2,
      keepsBegun,
      run: async (task) => {
        begun.push(task);
        await turn();
        return task;
      },
      onResult: (result) => delivered.push(result) > 1,
    });
    return { begun, delivered };
  };

  test('tasks that are run in order drop the results of tasks in flight by default if no more are wanted', async () => {
    expect(await untilTheFirst(false)).toEqual({ begun: [0, 1], delivered: [0] });
  });

  test('tasks that are run in order keep the results of tasks in flight with `keepsBegun`, even if no more are wanted', async () => {
    expect(await untilTheFirst(true)).toEqual({ begun: [0, 1], delivered: [0, 1] });
  });

  test('tasks that are run in order reject if one of them rejects, after the others have settled, and no more begin', async () => {
    const settled: number[] = [];
    const running = runInOrder({
      tasks: [0, 1, 2, 3],
      capacity: 2,
      run: async (task) => {
        if (task === 0) throw new Error('no way out');
        await turn();
        settled.push(task);
      },
      onResult: () => true,
    });
    await expect(running).rejects.toThrow('no way out');
    expect(settled).toEqual([1]);
  });

  test('tasks that are run in order wait for a slow task once 63 others have ended, and continue when it has ended', async () => {
    let ended = 0;
    let endedBeforeTheFirst = 0;
    const total = 200;
    await runInOrder({
      tasks: Array.from({ length: total }, (_, index) => index),
      capacity: 2,
      run: async (task) => {
        await turns(task === 0 ? 300 : 1);
        ended += 1;
        if (task === 0) endedBeforeTheFirst = ended - 1;
      },
      onResult: () => true,
    });
    expect(ended).toBe(total);
    expect(endedBeforeTheFirst).toBe(63);
  });

  test('tasks that are run in order do not begin once `isOver` returns true', async () => {
    await runInOrder({
      tasks: [1],
      capacity: 1,
      isOver: () => true,
      run: turn,
      onResult: () => expect.unreachable(),
    });
  });
});
