import { describe, expect, test } from 'vitest';
import { slotPool } from './lease-pool.ts';

describe('the pool of slots', () => {
  test('lends each slot to one at a time, and all of them at once', async () => {
    const pool = slotPool(['a', 'b']);
    const busy = new Set<string>();
    let most = 0;
    await Promise.all(
      Array.from({ length: 9 }, () =>
        pool.lend(async (slot) => {
          expect(busy.has(slot)).toBe(false);
          busy.add(slot);
          most = Math.max(most, busy.size);
          await new Promise((resolve) => setImmediate(resolve));
          busy.delete(slot);
        }),
      ),
    );
    expect(most).toBe(2);
  });

  test('takes a slot back from work that failed', async () => {
    const pool = slotPool(['only']);
    await expect(pool.lend(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await pool.lend((slot) => Promise.resolve(slot))).toBe('only');
  });
});
