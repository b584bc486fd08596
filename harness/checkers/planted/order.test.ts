// The findings of a checker depend neither on the numbers of the events, nor on the order of events of different observers, if it is
// unknown which came first.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { History } from '../../formats/history.ts';
import { CHECKERS } from '../all-checkers.ts';
import { composed, lifeDraws, livesOf, type Noise, WAYS } from './lives.fixture.ts';
import type { Life, Moment } from './life.fixture.ts';
import { PLANTINGS } from './plantings.fixture.ts';
import { canHave } from './planting.fixture.ts';
import { reordered } from './reordered.fixture.ts';
import { momentsOf } from './ways.fixture.ts';

/** Lives, each with any of the violations that it can have, or with none. */
const lives = fc.array(fc.tuple(lifeDraws(WAYS), fc.option(fc.nat())), { minLength: 1, maxLength: 5 });

/** Uncertainty so large that the order of many events is not known. */
const noises: fc.Arbitrary<Noise[]> = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { minLength: 1, maxLength: 40 });

/** All checkers together are slow on a busy machine. */
const TIMEOUT_MS = 60_000;

const choices = fc.array(fc.nat(), { minLength: 1, maxLength: 60 });

test(
  'a checker gives the same result for a history in every order that its observers allow',
  () => {
    fc.assert(
      fc.property(
        lives,
        noises,
        fc.record({ chosen: choices, isCut: fc.boolean() }),
        (drawn, noise, { chosen, isCut }) => {
          const history = historyWith(drawn, { noise, isCut });
          const other = reordered(history, chosen);
          expect(saidOf(other)).toEqual(saidOf(history));
        },
      ),
      { numRuns: 80 },
    );
  },
  TIMEOUT_MS,
);

test(
  'a checker gives the same result for a history whose events have other numbers',
  () => {
    fc.assert(
      fc.property(lives, noises, fc.integer({ min: 2, max: 9 }), (drawn, noise, factor) => {
        const history = historyWith(drawn, { noise });
        const events = history.events.map((event) => ({ ...event, seq: event.seq * factor + 1 }));
        const other = { ...history, events };
        expect(saidOf(other)).toEqual(saidOf(history));
      }),
      { numRuns: 40 },
    );
  },
  TIMEOUT_MS,
);

function historyWith(
  drawn: readonly (readonly [Parameters<typeof livesOf>[0][number], number | null])[],
  composition: { noise: readonly Noise[]; isCut?: boolean },
): History {
  const all = livesOf(drawn.map(([draw]) => draw));
  const choiceOf = new Map(all.map((life, place) => [life, drawn[place]?.[1] ?? null]));
  const moments = (life: Life): readonly Moment[] => {
    const able = PLANTINGS.filter((planting) => canHave(life, planting));
    const choice = choiceOf.get(life) ?? null;
    const planting = choice === null ? undefined : able[choice % able.length];
    return planting === undefined ? momentsOf(life) : planting.plant(momentsOf(life), life);
  };
  return composed(all, { ...composition, moments });
}

/** The results of all checkers, sorted, and with each witness as an event instead of a number. */
function saidOf(history: History): unknown[] {
  const events = new Map(history.events.map((event) => [event.seq, event]));
  return CHECKERS.map(({ property, check }) => {
    const { exercised, findings, undecided } = check(history);
    const found = findings.map(({ message, items, witnesses }) => ({
      message,
      items: items.toSorted(),
      witnesses: witnesses.map((seq) => JSON.stringify({ ...events.get(seq), seq: undefined })).toSorted(),
    }));
    const sorted = found.toSorted((a, b) => (a.message < b.message ? -1 : 1));
    return { property, exercised, undecided: undecided.toSorted(), found: sorted };
  });
}
