// Examples of each behaviour of the simulated store. The io suite plays the same examples on PostgreSQL.
import { expect, test } from 'vitest';
import { EXAMPLE_SETUP, EXAMPLES, textOf } from './examples.ts';
import { playInSim } from './sim-arena.ts';

test.each(EXAMPLES.map((example) => [example.title, example] as const))('%s', async (_title, { steps, reported }) => {
  const { lines } = await playInSim(steps, EXAMPLE_SETUP);
  expect(lines.map(textOf)).toEqual(reported);
});
