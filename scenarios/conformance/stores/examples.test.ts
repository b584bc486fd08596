// Each behaviour of the simulated store by an example of its own. The live suite holds the same examples against PostgreSQL.
import { expect, test } from 'vitest';
import { EXAMPLE_SETUP, EXAMPLES, tell } from './examples.ts';
import { playInSim } from './sim-arena.ts';

test.each(EXAMPLES.map((example) => [example.title, example] as const))('%s', async (_title, { steps, reported }) => {
  const { lines } = await playInSim(steps, EXAMPLE_SETUP);
  expect(lines.map(tell)).toEqual(reported);
});
