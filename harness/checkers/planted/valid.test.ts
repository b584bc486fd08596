// Valid histories composed of lives: no checker finds a violation in them, and each checker is exercised.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../formats/document.ts';
import { historyDocument } from '../../formats/history.ts';
import { CHECKERS } from '../all-checkers.ts';
import { runChecker } from '../checker.fixture.ts';
import { composed, lifeDraws, livesOf, noises, WAYS } from './lives.fixture.ts';

const RUNS = 60;

/** All checkers together are slow on a busy machine. */
const TIMEOUT_MS = 60_000;

const draws = fc.array(lifeDraws(WAYS), { minLength: 1, maxLength: 6 });

describe('a history composed of lives', () => {
  const oneOfEach = composed(livesOf(WAYS.map((way) => ({ way, messages: 2, offsetMs: 0, tenant: 0 }))));

  test('a history composed of lives is a valid document', () => {
    expect(checkDocument(historyDocument, oneOfEach, 'lives')).toEqual(oneOfEach);
  });

  test.each(CHECKERS.map((checker) => [checker.property, checker] as const))(
    'a history composed of lives exercises %s',
    (_, checker) => {
      expect(runChecker(checker, oneOfEach)).toMatchObject({
        exercised: expect.toSatisfy((count: number) => count > 0),
        found: [],
        undecided: [],
      });
    },
  );

  test(
    'no checker finds a violation in a history composed of lives, and none is undecided',
    () => {
      fc.assert(
        fc.property(draws, noises, (drawn, noise) => {
          const history = composed(livesOf(drawn), { noise });
          const results = CHECKERS.map(({ check }) => check(history));
          expect(results.flatMap(({ findings, undecided }) => [...findings, ...undecided])).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
    TIMEOUT_MS,
  );

  test(
    'no checker finds a violation in a history composed of lives, at any moment of the run',
    () => {
      fc.assert(
        fc.property(draws, noises, fc.nat(), (drawn, noise, place) => {
          const { events, ...header } = composed(livesOf(drawn), { noise, isCut: true });
          const history = { ...header, events: events.slice(0, place % (events.length + 1)) };
          expect(CHECKERS.flatMap(({ check }) => check(history).findings)).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
    TIMEOUT_MS,
  );
});
