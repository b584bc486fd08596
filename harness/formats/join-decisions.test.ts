import { expect, test } from 'vitest';
import { type Decision, EXIT_CODES, joinDecisions, type Verdict } from './verdict.ts';

const decided = (verdict: Verdict): Decision => ({
  verdict,
  exitCode: EXIT_CODES[verdict],
  reasons: [`is ${verdict}`],
});
const joined = (sim: Verdict, live: Verdict): Decision =>
  joinDecisions([
    { lane: 'sim', decision: decided(sim) },
    { lane: 'live', decision: decided(live) },
  ]);

test.each([
  ['self-check', 'violation', 'self-check'],
  ['pass', 'violation', 'violation'],
  ['interrupted', 'infrastructure', 'interrupted'],
  ['inconclusive', 'infrastructure', 'infrastructure'],
  ['inconclusive', 'pass', 'inconclusive'],
  ['pass', 'pass', 'pass'],
] as const)('%s and %s come to %s, in either order', (sim, live, verdict) => {
  expect(joined(sim, live)).toMatchObject({ verdict, exitCode: EXIT_CODES[verdict] });
  expect(joined(live, sim).verdict).toBe(verdict);
});

test('the reasons are those of the lanes that did not pass, by their names', () => {
  expect(joined('inconclusive', 'violation').reasons).toEqual(['sim: is inconclusive', 'live: is violation']);
  expect(joined('pass', 'inconclusive').reasons).toEqual(['live: is inconclusive']);
});

test('no lane at all is no pass', () => {
  expect(joinDecisions([]).verdict).toBe('inconclusive');
});
