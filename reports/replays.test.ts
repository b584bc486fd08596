import { expect, test } from 'vitest';
import type { ReplayRow } from '../harness/formats/replays.ts';
import { renderReplays } from './replays.ts';

const row = (id: string, outcome: ReplayRow['outcome'], message: string): ReplayRow => ({
  id,
  lane: 'sim',
  outcome,
  verdict: 'pass',
  message,
});

test('no replay is one line', () => {
  expect(renderReplays({ format: 'onesend.replays/1', verdict: 'pass', replays: [] }, { color: false })).toBe(
    '0 replayed',
  );
});

test('each replay has a line, and the last line counts the outcomes', () => {
  const replays = [
    row('S1-0a1b2c3d', 'FAILED', 'violates still: S1 AtMostOnce'),
    row('S9-11112222', 'STALE', `no finding in the same run; ${'a long reason '.repeat(8)}`),
    row('S8-33334444', 'FIXED', 'no finding in the same run'),
  ];
  expect(renderReplays({ format: 'onesend.replays/1', verdict: 'violation', replays }, { color: false, width: 80 }))
    .toMatchInlineSnapshot(`
    "FAILED  S1-0a1b2c3d (sim): violates still: S1 AtMostOnce
    STALE   S9-11112222 (sim): no finding in the same run; a long reason a long
            reason a long reason a long reason a long reason a long reason a long
            reason a long reason
    FIXED   S8-33334444 (sim): no finding in the same run

    3 replayed: 1 FAILED, 1 FIXED, 1 STALE"
  `);
});
