// The tests that StrykerJS runs against altered checkers: their hand-written histories, and the test of the property catalogue. Composed
// histories are left out: they are random, and each rule of a checker should have a written example that tests it.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['harness/checkers/*.test.ts', 'harness/evidence/property-catalogue.test.ts'],
    isolate: false,
  },
});
