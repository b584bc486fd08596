import { describe, expect, test } from 'vitest';
import { resourcePool } from './resource-pool.ts';

describe('the resource pool', () => {
  test('the pool gives each resource to one user at a time, and all resources are used in parallel', async () => {
    const pool = resourcePool(['a', 'b']);
    const busy = new Set<string>();
    let most = 0;
    await Promise.all(
      Array.from({ length: 9 }, () =>
        pool.use(async (resource) => {
          expect(busy.has(resource)).toBe(false);
          busy.add(resource);
          most = Math.max(most, busy.size);
          await new Promise((resolve) => setImmediate(resolve));
          busy.delete(resource);
        }),
      ),
    );
    expect(most).toBe(2);
  });

  test('the pool takes a resource back from work that failed', async () => {
    const pool = resourcePool(['only']);
    await expect(pool.use(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await pool.use((resource) => Promise.resolve(resource))).toBe('only');
  });

  test('the pool lends no more resources at once than allowed, and lends again as soon as more are allowed', async () => {
    let allowed = 1;
    const pool = resourcePool(['a', 'b', 'c'], { atOnce: () => allowed });
    const overlaps: number[] = [];
    let busy = 0;
    const work = () =>
      pool.use(async () => {
        busy += 1;
        overlaps.push(busy);
        await new Promise((resolve) => setImmediate(resolve));
        busy -= 1;
        if (overlaps.length === 3) allowed = 3;
      });
    await Promise.all(Array.from({ length: 9 }, work));
    expect(overlaps.slice(0, 3)).toEqual([1, 1, 1]);
    expect(Math.max(...overlaps.slice(3))).toBe(3);
  });
});
