import { array, check, nat, property, record, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RandomAddress, RandomSource } from './random.ts';

const address = record({ site: string(), message: string(), attempt: nat({ max: 50 }) });

/** Whether an address gives the same number regardless of earlier draws at other addresses. */
function isAddressed(make: () => { unit(address: RandomAddress): number }): boolean {
  return !check(
    property(address, array(address, { minLength: 1, maxLength: 5 }), (wanted, others) => {
      const disturbed = make();
      for (const other of others) disturbed.unit(other);
      expect(disturbed.unit(wanted)).toBe(make().unit(wanted));
    }),
    { seed: 3 },
  ).failed;
}

describe('the random source', () => {
  test('the number of an address does not depend on draws at other addresses of the random source', () => {
    expect(isAddressed(() => new RandomSource(5))).toBe(true);
  });

  test('a random source that leaks between sites is detected', () => {
    const leaking = (): { unit(address: RandomAddress): number } => {
      const source = new RandomSource(5);
      let drawn = 0;
      return {
        unit: ({ site, message, attempt }) => {
          drawn += 1;
          return source.unit({ site, message, attempt: attempt + drawn });
        },
      };
    };
    expect(isAddressed(leaking)).toBe(false);
  });

  test('the random source distinguishes seeds, sites, messages and attempts', () => {
    const base = { site: 'a', message: 'b', attempt: 0 };
    const drawn = [
      new RandomSource(1).unit(base),
      new RandomSource(2).unit(base),
      new RandomSource(2 ** 40 + 1).unit(base),
      new RandomSource(1).unit({ ...base, site: 'ab', message: '' }),
      new RandomSource(1).unit({ ...base, site: '', message: 'ab' }),
      new RandomSource(1).unit({ ...base, attempt: 1 }),
    ];
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  test('the random source is uniform: a thousand numbers fill ten buckets evenly, and each bit is set about half the time', () => {
    const source = new RandomSource(11);
    const buckets = Array.from({ length: 10 }, () => 0);
    const bits = Array.from({ length: 32 }, () => 0);
    for (let attempt = 0; attempt < 1_000; attempt += 1) {
      const at = { site: 's', message: 'm', attempt };
      const bucket = source.below(10, at);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
      const [low] = source.halves(at);
      for (let bit = 0; bit < 32; bit += 1) bits[bit] = (bits[bit] ?? 0) + ((low >>> bit) & 1);
    }
    for (const count of buckets) expect(count).toBeGreaterThan(60);
    for (const count of bits) expect(Math.abs(count - 500)).toBeLessThan(90);
  });

  test('the random source makes uuids of version 4 that differ', () => {
    const source = new RandomSource(1);
    const uuids = Array.from({ length: 200 }, (_, attempt) =>
      source.uuid({ site: 'uuid', message: 'legacy', attempt }),
    );
    expect(new Set(uuids).size).toBe(200);
    for (const uuid of uuids) expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
});
