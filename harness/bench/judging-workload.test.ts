// The long history of the judging benchmark: it must give the checkers something to judge, or the benchmark would measure nothing.
import { expect, test } from 'vitest';
import { judgeHistory } from '../evidence/check-history.ts';
import { receipts } from '../history/receipts.ts';
import { longHistory } from './judging-workload.ts';

const history = longHistory(15_000);

test('the long history exercises every property except those that need two tenants or a long time without faults', () => {
  const idle = judgeHistory(history).flatMap(({ property, exercised }) => (exercised === 0 ? [property] : []));
  expect(idle).toEqual(['S22', 'L6']);
});

test('all faults of the long history take effect', () => {
  expect(receipts(history).filter(({ state }) => state !== 'bit')).toEqual([]);
});

test('the checkers find the one double send of the long history, and nothing else', () => {
  const found = judgeHistory(history).flatMap(({ findings }) =>
    findings.map(({ property, items }) => [property, items]),
  );
  expect(found).toEqual([
    ['S1', ['c1#997']],
    ['L2', ['c1#997']],
  ]);
});
