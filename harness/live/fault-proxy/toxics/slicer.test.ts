// Tests where the slicer cuts.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutOffsets } from './slicer.ts';

test('the pieces of the slicer cover the chunk, and none is larger than average plus variation', () => {
  const sizes = fc.record({ average: fc.integer({ min: -5, max: 300 }), variation: fc.integer({ min: -5, max: 300 }) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), sizes, (bytes, { average, variation }) => {
      const offsets = cutOffsets(bytes, { average, variation });
      const pieces = offsets.map((end, index) => end - (offsets[index - 1] ?? 0));
      const usedAverage = Math.max(1, average);
      const largest = usedAverage + Math.min(Math.max(0, variation), usedAverage);
      expect(offsets.at(-1)).toBe(bytes);
      expect(Math.min(...pieces)).toBeGreaterThan(0);
      expect(Math.max(...pieces)).toBeLessThanOrEqual(Math.max(largest, 1));
    }),
  );
});

test('the slicer halves a chunk until its pieces fit, if there is no variation', () => {
  expect(cutOffsets(1000, { average: 250, variation: 0 })).toEqual([250, 500, 750, 1000]);
});
