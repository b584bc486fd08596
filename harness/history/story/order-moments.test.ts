import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import { accept, answer, at, attempt, during, entry, historyOf, log, logRow, request } from '../history.fixture.ts';
import { inStoryOrder, type Story, type StoryElement } from './story.ts';
import { storyOf } from './story-of.ts';

const entered = at(1, entry('c1#1', 'u1'));
const asked = (ms: number, tap: 'front' | 'back'): Observation => at(ms, request(tap, `${tap}-1`, { uuids: ['u1'] }));
const answered = (ms: number, tap: 'front' | 'back'): Observation => at(ms, answer(tap, `${tap}-1`, { elapsedMs: 1 }));

function story(events: readonly Observation[]): Story {
  return storyOf(historyOf({}, events), { findings: [] });
}

function nameOf({ what }: StoryElement): string {
  return what;
}

describe('the order of a story', () => {
  test('the order of a story is that of whole milliseconds, and within one that of the history, unless one event caused another', () => {
    const happening = fc.record({ ms: fc.integer({ min: 0, max: 5 }), observer: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(fc.array(happening), (happenings) => {
        const lines = happenings
          .toSorted((left, right) => left.ms - right.ms)
          .map(({ ms, observer }) => at(ms, { ...log('legacy', 'hello'), observer }));
        const { elements } = story(lines);
        expect(elements.map(({ timeMs, seq }) => timeMs * 1_000 + seq)).toEqual(
          elements.map(({ timeMs, seq }) => timeMs * 1_000 + seq).toSorted((a, b) => a - b),
        );
        expect(elements.toReversed().toSorted(inStoryOrder)).toEqual(elements);
      }),
    );
  });

  test('the order of a story puts a cause first where the clocks of two observers cannot tell it from its effect', () => {
    const drawnStory = story([
      during(9, 14, { ...entry('c1#1', 'u1'), observer: 'database' }),
      { ...asked(13, 'front'), observer: 'taps' },
      { ...asked(13, 'back'), observer: 'taps' },
      during(8, 16, { ...attempt('service', 'c1#1', 'a'), observer: 'provider' }),
      during(8, 17, { ...accept('service', 'c1#1', 'a'), observer: 'provider' }),
      { ...answered(14, 'back'), observer: 'taps' },
      { ...answered(15, 'front'), observer: 'taps' },
      during(8, 19, { ...logRow('u1', { status: 'accepted' }), observer: 'other database' }),
    ]);
    const shown = drawnStory.elements.filter(({ importance }) => importance !== 'background');
    expect(shown.map((element) => [nameOf(element), element.timeMs])).toEqual([
      ['entry', 9],
      ['request', 13],
      ['send', 13],
      ['answer', 15],
      ['row', 15],
    ]);
    expect(drawnStory.elements.map(({ place }) => place)).toEqual(
      drawnStory.elements.map(({ place }) => place).toSorted((a, b) => a - b),
    );
  });

  test('the order of a story keeps the certain order of events, even where an effect comes before its cause', () => {
    const drawnStory = story([
      { ...asked(10, 'front'), observer: 'taps' },
      at(5, { ...attempt('service', 'c1#1', 'a'), observer: 'provider' }),
      at(20, { ...entry('c1#1', 'u1'), observer: 'database' }),
    ]);
    const shown = drawnStory.elements.filter(({ importance }) => importance !== 'background');
    expect(shown.map(nameOf)).toEqual(['send', 'request', 'entry']);
  });

  test('the order of a story shows a row at its commit, not when its statement began', () => {
    const drawnStory = story([
      { ...asked(12, 'front'), observer: 'database' },
      during(10, 14, { ...entry('c1#1', 'u1'), observer: 'database' }),
    ]);
    expect(drawnStory.elements.filter(({ importance }) => importance !== 'background').map(nameOf)).toEqual([
      'request',
      'entry',
    ]);
  });

  test('the order of a story puts the decision of a slow provider above the answer that it led to', () => {
    const drawnStory = story([
      entered,
      { ...asked(10, 'front'), observer: 'taps' },
      at(12, { ...attempt('service', 'c1#1', 'a'), observer: 'provider' }),
      during(400, 404, { ...accept('service', 'c1#1', 'a'), observer: 'provider' }),
      during(398, 403, { ...answer('front', 'front-1', { elapsedMs: 390 }), observer: 'taps' }),
    ]);
    const send = drawnStory.elements.find((element) => element.kind === 'message' && element.what === 'send');
    const back = drawnStory.elements.find((element) => element.kind === 'message' && element.what === 'answer');
    expect(send).toMatchObject({ timeMs: 12, end: { timeMs: 400 } });
    expect(back?.timeMs).toBe(400);
    expect(send?.kind === 'message' ? send.end?.place : undefined).toBeLessThan(back?.place ?? 0);
  });

  test('the order of a story puts no effect above its cause when all happened in one millisecond', () => {
    const micros = (offset: number, event: Observation): Observation => ({
      ...event,
      earliest: 10_000 + offset,
      latest: 10_000 + offset,
    });
    const drawnStory = story([
      micros(0, entered),
      micros(100, asked(0, 'front')),
      micros(200, asked(0, 'back')),
      micros(300, at(0, attempt('service', 'c1#1', 'a'))),
      micros(350, at(0, accept('service', 'c1#1', 'a'))),
      micros(400, answered(0, 'back')),
      micros(450, answered(0, 'front')),
      micros(490, at(0, logRow('u1', { status: 'accepted' }))),
    ]);
    expect(drawnStory.elements.filter(({ importance }) => importance !== 'background').map(nameOf)).toEqual([
      'entry',
      'request',
      'send',
      'answer',
      'row',
    ]);
  });
});
