// Violations planted into valid histories: a checker finds each violation of its property, and no other.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PROPERTY_IDS } from '../../formats/finding.ts';
import { CHECKERS } from '../all-checkers.ts';
import { firstOf, type Life } from './life.fixture.ts';
import { composed, lifeDraws, livesOf, noises, WAYS } from './lives.fixture.ts';
import { canHave, type Planting } from './planting.fixture.ts';
import { PLANTINGS } from './plantings.fixture.ts';
import { momentsOf } from './ways.fixture.ts';

test('each property has violations that are planted', () => {
  const planted = new Set(PLANTINGS.map(({ property }) => property));
  expect(PROPERTY_IDS.filter((property) => !planted.has(property))).toEqual([]);
});

describe.each(PLANTINGS.map((planting) => [`${planting.property}: ${planting.what}`, planting] as const))(
  'planted: %s',
  (_, planting) => {
    const checker = CHECKERS.find(({ property }) => property === planting.property);
    if (checker === undefined) throw new Error(`no checker of ${planting.property}`);
    // The boolean says whether a life gets the violation; it counts only if the life can have it.
    const drawn = fc.array(fc.tuple(lifeDraws(WAYS), fc.boolean()), { maxLength: 4 });
    const able = fc.array(fc.tuple(lifeDraws(planting.ways), fc.boolean()), { minLength: 1, maxLength: 4 });

    test('the checker finds the violation as often as it is planted', () => {
      fc.assert(
        fc.property(drawn, able, noises, (others, own, noise) => {
          const draws = [...others, ...own];
          const lives = livesOf(draws.map(([draw]) => draw));
          const planted = lives.filter((life, place) => draws[place]?.[1] === true && canHave(life, planting));
          const history = composed(lives, { noise, moments: momentsWith(planting, planted) });
          const { findings, undecided } = checker.check(history);
          const items = findings.flatMap((finding) => finding.items);
          expect({ found: findings.length, undecided }).toEqual({
            found: expectedCount(planting, planted),
            undecided: [],
          });
          expect(items).toEqual(expect.arrayContaining(namedBy(planting, planted)));
        }),
        { numRuns: 20 },
      );
    });
  },
);

function momentsWith({ plant }: Planting, planted: readonly Life[]) {
  return (life: Life) => (planted.includes(life) ? plant(momentsOf(life), life) : momentsOf(life));
}

function expectedCount({ sharedBy, findings = () => 1 }: Planting, planted: readonly Life[]): number {
  if (sharedBy !== undefined) return new Set(planted.map(sharedBy)).size;
  return planted.reduce((sum, life) => sum + findings(life), 0);
}

function namedBy({ isAnonymous }: Planting, planted: readonly Life[]): string[] {
  return isAnonymous === true ? [] : planted.map((life) => firstOf(life).item);
}
