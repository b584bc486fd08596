import { expect, test } from 'vitest';
import { system as reference } from '../../src/reference.ts';
import { isSabotageWanted } from './certify-live.ts';

const ended = { flags: {}, end: 'finished', elapsedMs: 60_000 } as const;
const DESCRIBED = { assembly: undefined };
const ASSEMBLED = { assembly: reference };

test('the wire mutants run on a described pair, and on the reference only on request', () => {
  expect(isSabotageWanted(DESCRIBED, ended)).toBe(true);
  expect(isSabotageWanted(ASSEMBLED, ended)).toBe(false);
  expect(isSabotageWanted(ASSEMBLED, { ...ended, flags: { sabotage: 'always' } })).toBe(true);
  expect(isSabotageWanted(DESCRIBED, { ...ended, flags: { sabotage: 'never' } })).toBe(false);
});

test('the wire mutants do not run after a search that ended at its first finding or at its time limit', () => {
  expect(isSabotageWanted(DESCRIBED, { ...ended, end: 'violation' })).toBe(false);
  expect(isSabotageWanted(DESCRIBED, { ...ended, flags: { maxTime: 60_000 } })).toBe(false);
  expect(isSabotageWanted(DESCRIBED, { ...ended, flags: { maxTime: 60_001 } })).toBe(true);
});
