// The long history that the judging benchmark judges: a benchmark of checkers that have nothing to judge measures nothing.
import { expect, test } from 'vitest';
import { judgeHistory } from '../evidence/check-history.ts';
import { receipts } from '../history/receipts.ts';
import { longHistory } from './judging-workload.ts';

const history = longHistory(15_000);

test('the long history gives every checker something to judge, but those that need two tenants or a long calm', () => {
  const idle = judgeHistory(history).flatMap(({ property, exercised }) => (exercised === 0 ? [property] : []));
  expect(idle).toEqual(['S22', 'L6']);
});

test('all its faults take effect', () => {
  expect(receipts(history).filter(({ state }) => state !== 'bit')).toEqual([]);
});

test('its one double send is found, and nothing else', () => {
  const found = judgeHistory(history).flatMap(({ findings }) =>
    findings.map(({ property, items }) => [property, items]),
  );
  expect(found).toEqual([
    ['S1', ['c1#997']],
    ['L2', ['c1#997']],
  ]);
});
