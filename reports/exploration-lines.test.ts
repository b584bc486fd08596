import { expect, test } from 'vitest';
import { palette } from './colors.ts';
import { explorationLines } from './exploration-lines.ts';
import { renderJunit } from './junit.ts';
import { cutExploration, passingLane, passingResult } from './result.fixture.ts';

const canvas = { paint: palette(false), columns: 100 };

test('each depth says how many of its placements were tried, and whether it was cut short', () => {
  expect(explorationLines({ lanes: [cutExploration, passingLane], unavailable: [], readings: {} }, canvas)).toEqual([
    'sim: 1 message, 1 deviation: 7 of 7 placements, 2 of them equal to other runs',
    'sim: 2 messages, 1 deviation: 4 of 9 placements, cut short',
    'sim: 1 message, 2 deviations: not reached',
    'sim: 2 of 5 random runs, cut short',
    'sim: 1 of 2 goals reached; never: fallback won',
    'sim: 3 runs made twice and compared, 1.2 s',
  ]);
});

test('the report says if a system has no sim lane because it cannot be loaded', () => {
  const unavailable = [{ lane: 'sim', code: 'no-assembly' } as const];
  expect(explorationLines({ lanes: [passingLane], unavailable, readings: {} }, canvas)).toEqual([
    'sim lane NOT AVAILABLE: this system is only described, so it cannot be loaded',
  ]);
  expect(explorationLines({ lanes: [passingLane], unavailable: [], readings: {} }, canvas)).toEqual([]);
});

test('the JUnit report has an error for each incomplete depth and each goal that was never reached', () => {
  const xml = renderJunit({ ...passingResult, lanes: [cutExploration, passingLane] });
  expect(xml).toContain('name="sim: every placement of 1 deviation in runs of 1 message"');
  expect(xml.match(/<error message="4 of 9"/g)).toHaveLength(1);
  expect(xml.match(/<error message="never"/g)).toHaveLength(1);
});

test('a goal that the readings rule out is named, and skipped in the JUnit report', () => {
  const readings = { negativeBalance: 'allowed' };
  const lines = explorationLines({ lanes: [cutExploration], unavailable: [], readings }, canvas);
  expect(lines).toContain('sim: not demanded (negativeBalance=allowed): entry refused for want of quota');
  const xml = renderJunit({ ...passingResult, readings, lanes: [cutExploration] });
  expect(xml).toContain('sometimes entry refused for want of quota (NOT DEMANDED: negativeBalance=allowed)');
});
