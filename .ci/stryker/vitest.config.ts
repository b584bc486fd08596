// What StrykerJS runs against the altered checkers: their hand-written histories, and the test that holds what they must see against the
// catalogue. Composed histories are left out: they are drawn anew each time, and a rule that only they check is not written down.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['harness/checkers/*.test.ts', 'harness/evidence/property-catalogue.test.ts'],
    isolate: false,
  },
});
