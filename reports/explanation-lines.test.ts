import { expect, test } from 'vitest';
import type { Explanation } from '../harness/formats/explanation.ts';
import { palette } from './colors.ts';
import { explanation } from './explanation.fixture.ts';
import { explanationLines } from './explanation-lines.ts';
import { boundaryWords } from './explanation-words.ts';

const linesOf = (shown: Explanation): string[] => explanationLines(shown, { paint: palette(false), columns: 90 });

test('an explanation says what is needed, what is not, and where a passing run differs', () => {
  expect(linesOf(explanation).join('\n')).toMatchInlineSnapshot(`
    "needs           the fault latency downstream 600 ms (without it: 0 of 11 violate)
                    the mode ON of tenant-1 (without it: 0 of 22 violate)
    needs at times  the moment of the flip: 300 ms (without it: 11 of 44 violate)
    does not need   the message campaign-1#2 (without it: 11 of 11 violate)
    boundary        the delay of answers: fails from 501 ms on, passes at 500 ms
    differs at      601 ms, legacy app: no answer in 500 ms
    passing run has 600 ms, service to legacy app: answer: accepted"
  `);
});

test('an explanation says what a run lacks at the point where two runs differ', () => {
  const parting = { seq: 1, words: '601 ms, service: crash', passingSeq: null, passingWords: 'nothing' };
  expect(linesOf({ ingredients: [], boundaries: [], parting })).toEqual([
    'differs at      601 ms, service: crash',
    'passing run has nothing of that kind',
  ]);
});

test('a boundary on the live lane names its tries, and an upper boundary says so', () => {
  const words = boundaryWords({
    words: 'the delay of answers',
    fails: { atMs: 800, tries: 5, violated: 5 },
    passes: { atMs: 825, tries: 5, violated: 0 },
  });
  expect(words).toBe('the delay of answers: fails up to 800 ms (5 of 5), passes at 825 ms (5 of 5)');
});

test('the explanation of a large case takes few lines, and says how many rows are left out', () => {
  const [fault] = explanation.ingredients;
  const ingredients = Array.from({ length: 30 }, () => fault).filter((each) => each !== undefined);
  const lines = linesOf({ ingredients, boundaries: [] });
  expect(lines).toHaveLength(5);
  expect(lines.at(-1)).toMatch(/and 26 more/);
});
