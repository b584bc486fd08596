import { expect, test } from 'vitest';
import { notReachedLines } from './not-reached-lines.ts';
import { passingResult, violatingResult } from './result.fixture.ts';

test('a search that ended at a violation says what it did not reach', () => {
  expect(notReachedLines(violatingResult)).toEqual([
    'not reached on lane live: 209 of 240 scenarios; there may be other violations',
  ]);
  expect(notReachedLines(passingResult)).toEqual([]);
});

test('an exploration that ended at a violation names its open depths and missing random runs', () => {
  const [lane] = violatingResult.lanes;
  if (lane === undefined) throw new Error('expected a lane');
  const depths = [
    { messages: 1, deviations: 0, planned: 3, run: 3, pruned: 0 },
    { messages: 1, deviations: 1, planned: 500, run: 120, pruned: 0 },
    { messages: 2, deviations: 1, planned: null, run: 0, pruned: 0 },
  ];
  const sim = {
    ...lane,
    lane: 'sim' as const,
    evidence: { ...lane.evidence, depths, swarm: { planned: 2_000, run: 0 } },
  };
  expect(notReachedLines({ verdict: 'violation', lanes: [sim] })).toEqual([
    'not reached on lane sim: 380 placements of 1 deviation of 1 message, 1 deviation of 2 messages, 2,000 of 2,000 random runs; there may be other violations',
  ]);
});

test('a search that was interrupted after a violation says so', () => {
  const lanes = violatingResult.lanes.map((lane) => ({
    ...lane,
    evidence: { ...lane.evidence, problems: { interrupted: { count: 1, examples: ['31 of 240 runs were made'] } } },
  }));
  expect(notReachedLines({ verdict: 'violation', lanes })).toEqual([
    'not reached on lane live, because the run was interrupted: 209 of 240 scenarios; there may be other violations',
  ]);
});
