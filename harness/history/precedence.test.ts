import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HistoryEvent } from '../formats/event.ts';
import { groupBy } from './group-by.ts';
import { attempt } from './history.fixture.ts';
import { mayPrecede, order } from './ordering.ts';
import { Precedence } from './precedence.ts';

const events = fc
  .array(
    fc.record({
      observer: fc.constantFrom('provider', 'rig', 'database'),
      item: fc.constantFrom('c1#1', 'c1#2', 'c1#3', 'c1#4'),
      earliest: fc.integer({ min: 0, max: 20 }),
      lasts: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((observations) =>
    observations.map(({ observer, item, earliest, lasts }, seq) => ({
      ...attempt('legacy', item, String(seq)),
      seq,
      observer,
      earliest,
      latest: earliest + lasts,
    })),
  );

test('the events before an event are counted as if each had been compared with it', () => {
  fc.assert(
    fc.property(events, fc.nat(19), (seen, place) => {
      const moment: HistoryEvent = seen[place % seen.length] ?? fail();
      const things = [...groupBy(seen, ({ item }) => item).values()];
      const count = (isMeant: (event: HistoryEvent) => boolean): number =>
        things.filter((thing) => thing.some(isMeant)).length;
      const precedence = new Precedence(seen, ({ item }) => item);
      expect(precedence.possible(moment)).toBe(count((event) => mayPrecede(event, moment)));
      expect(precedence.certain(moment)).toBe(count((event) => order(event, moment) === 'before'));
    }),
    { numRuns: 500 },
  );
});

function fail(): never {
  throw new Error('expected an event');
}
