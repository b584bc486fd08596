import { expect, test } from 'vitest';
import type { ExplorationResult } from '../harness/formats/result.ts';
import { explorationLines } from './exploration-lines.ts';
import { passingResult } from './result.fixture.ts';
import { renderJunit } from './junit.ts';
import { palette } from './colors.ts';

const exploration: ExplorationResult = {
  verdict: 'inconclusive',
  scenarios: { planned: 20, completed: 9, random: 2, retried: 0, discarded: 0 },
  rungs: [
    { messages: 1, deviations: 1, planned: 7, run: 7, pruned: 2 },
    { messages: 2, deviations: 1, planned: 9, run: 4, pruned: 0 },
    { messages: 1, deviations: 2, planned: null, run: 0, pruned: 0 },
  ],
  swarm: { planned: 5, run: 2 },
  properties: [],
  goals: [
    { goal: 'breaker opened', reached: 3 },
    { goal: 'fallback won', reached: 0 },
  ],
  compared: 3,
  digest: '',
  durationMs: 1_200,
};

test('each rung says how much of it was tried, and what was cut short', () => {
  const lines = explorationLines(exploration, { paint: palette(false), columns: 100 });
  expect(lines).toEqual([
    'sim: 1 message, 1 deviation: 7 of 7 placements, 2 of them nothing new',
    'sim: 2 messages, 1 deviation: 4 of 9 placements, cut short',
    'sim: 1 message, 2 deviations: not reached',
    'sim: 2 of 5 random runs, cut short',
    'sim: 1 of 2 goals reached; never: fallback won',
    'sim: 3 runs made twice and compared, 1.2 s',
  ]);
});

test('a system that cannot be loaded has no sim lane, and the report says so', () => {
  const lines = explorationLines(
    { ...exploration, notAvailable: 'it is only described' },
    { paint: palette(false), columns: 100 },
  );
  expect(lines).toEqual(['sim lane NOT AVAILABLE: it is only described']);
  expect(explorationLines(undefined, { paint: palette(false), columns: 100 })).toEqual([]);
});

test('the JUnit report has an error for each rung that is not whole and each goal that was never reached', () => {
  const xml = renderJunit({ ...passingResult, lane: 'both', exploration });
  expect(xml).toContain('name="sim: every placement of 1 deviations in runs of 1 messages"');
  expect(xml.match(/<error message="4 of 9"/g)).toHaveLength(1);
  expect(xml.match(/<error message="never"/g)).toHaveLength(1);
});
