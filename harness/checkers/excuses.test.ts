// Each excuse of docs/excuses.md with three histories: one with a finding, the same with the excuse and without a finding, and one with a
// finding in spite of something similar to the excuse.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PROPERTY_IDS } from '../formats/finding.ts';
import { CHECKERS } from './all-checkers.ts';
import { runChecker } from './checker.fixture.ts';
import { EXCUSES } from './excuses.fixture.ts';

/** The rows of the table: the names of the excuses, each with its property. */
const rows = readFileSync('docs/excuses.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| excuse ') && !line.startsWith('| ---'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, name = '', property = '']) => `${property} ${name}`);

test('the table of excuses has a row for each property, and one for each excuse that has histories, in the same order', () => {
  expect(new Set(rows.map((row) => row.split(' ')[0]))).toEqual(new Set(PROPERTY_IDS));
  expect(rows.filter((row) => !row.endsWith(' none'))).toEqual(Object.keys(EXCUSES));
});

describe.each(Object.entries(EXCUSES))('excuse of %s', (name, { without, excused, inSpite }) => {
  const property = name.split(' ')[0];
  const checker = CHECKERS.find((candidate) => candidate.property === property);
  if (checker === undefined) throw new Error(`no checker of ${name}`);

  test('the excuse removes the finding', () => {
    expect(runChecker(checker, without).found).not.toEqual([]);
    expect(runChecker(checker, excused).found).toEqual([]);
  });

  test('the excuse covers nothing beyond its reach', () => {
    expect(runChecker(checker, inSpite).found).not.toEqual([]);
  });
});
