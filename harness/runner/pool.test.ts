import { describe, expect, it } from 'vitest';
import { runPool } from './pool.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a pool', () => {
  it('starts jobs in their order, at most so many at once, and runs all', async () => {
    const started: number[] = [];
    let active = 0;
    let activeMax = 0;
    const end = await runPool({
      jobs: [0, 1, 2, 3, 4, 5, 6],
      capacity: 3,
      run: async (job) => {
        started.push(job);
        activeMax = Math.max(activeMax, (active += 1));
        await turn();
        active -= 1;
      },
      onResult: () => undefined,
    });
    expect([end, started, activeMax]).toEqual(['finished', [0, 1, 2, 3, 4, 5, 6], 3]);
  });

  it('awaits what is under way when it stops', async () => {
    const results: number[] = [];
    const end = await runPool({
      jobs: [0, 1, 2, 3],
      capacity: 2,
      isEnough: () => results.length > 0,
      run: async (job) => {
        await turn();
        return job;
      },
      onResult: (result) => results.push(result),
    });
    expect([end, results]).toEqual(['enough', [0, 1]]);
  });

  it('rejects when a job does, after the others have settled, and starts nothing more', async () => {
    const settled: number[] = [];
    const pool = runPool({
      jobs: [0, 1, 2, 3],
      capacity: 2,
      run: async (job) => {
        if (job === 0) throw new Error('no way out');
        await turn();
        settled.push(job);
      },
      onResult: () => undefined,
    });
    await expect(pool).rejects.toThrow('no way out');
    expect(settled).toEqual([1]);
  });

  it('launches nothing once time is over', async () => {
    const end = await runPool({
      jobs: [1],
      capacity: 1,
      maxTimeMs: 0,
      run: turn,
      onResult: () => expect.unreachable(),
    });
    expect(end).toBe('time');
  });
});
