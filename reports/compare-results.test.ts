import { expect, test } from 'vitest';
import { compareResults } from './compare-results.ts';
import { passingResult, violatingResult } from './result.fixture.ts';

test('a result does not differ from itself', () => {
  const { differences, found, notFound, foundAgain } = compareResults(violatingResult, violatingResult);
  expect({ differences, found, notFound }).toEqual({ differences: [], found: [], notFound: [] });
  expect(foundAgain).toEqual(violatingResult.counterexamples);
});

test('changes of verdict, system, runs and properties are named', () => {
  const { differences, found, notFound } = compareResults(passingResult, violatingResult);
  expect(differences).toEqual([
    { what: 'verdict', before: 'pass', now: 'violation' },
    { what: 'system', before: 'reference', now: 'as-written' },
    { what: 'hash of the system', before: 'aaaaaaaaaaaa', now: 'bbbbbbbbbbbb' },
    { what: 'runs on lane live', before: '240', now: '31' },
    { what: 'S1', before: 'held', now: 'violated' },
  ]);
  expect({ found, notFound }).toEqual({ found: violatingResult.counterexamples, notFound: [] });
});

test('counterexamples are compared by fingerprint and lane, not by their ids', () => {
  const [first] = violatingResult.counterexamples;
  if (first === undefined) throw new RangeError('the result has counterexamples');
  const of = (changes: object) => ({
    ...violatingResult,
    counterexamples: [{ ...first, fingerprint: 'S1: x', ...changes }],
  });
  expect(compareResults(of({ id: 'a' }), of({ id: 'b' })).foundAgain).toHaveLength(1);
  expect(compareResults(of({}), of({ fingerprint: 'S1: y' }))).toMatchObject({ found: [{}], notFound: [{}] });
  expect(compareResults(of({}), of({ lane: 'sim' }))).toMatchObject({ found: [{}], notFound: [{}] });
});

test('a version that is new and one that is gone are differences', () => {
  const now = { ...passingResult, versions: { postgres: '18' } };
  expect(compareResults(passingResult, now).differences).toEqual([
    { what: 'version of node', before: 'v20.20.2', now: '-' },
    { what: 'version of postgres', before: '-', now: '18' },
  ]);
});
