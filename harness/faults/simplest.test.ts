import { expect, test } from 'vitest';
import { FAULTS, type FaultKind } from './catalogue.ts';
import { kindRank, simplerFaults } from './simplest.ts';

const KINDS = Object.keys(FAULTS) as FaultKind[];

test('every kind of fault has a rank of simplicity', () => {
  expect(KINDS.map(kindRank).toSorted((a, b) => a - b)).toEqual([...KINDS.keys()]);
});

test('latency is the simplest kind of fault, and the only one that is simpler than refuse', () => {
  const [simplest] = KINDS.toSorted((a, b) => kindRank(a) - kindRank(b));
  expect(simplest).toBe('latency');
  const refused = simplerFaults({ kind: 'refuse', fromMs: 0, untilMs: 1_500 }, { campaign: 'c', atMs: 100 });
  expect(new Set(refused.map(({ kind }) => kind))).toEqual(new Set(['latency']));
});
