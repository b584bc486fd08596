import { describe, expect, test } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import type { Fault } from '../../formats/fault.ts';
import {
  accept,
  answer,
  at,
  attempt,
  breaker,
  callFailed,
  entry,
  historyOf,
  nemesis,
  providerFault,
  quiescent,
  request,
  sent,
  trigger,
} from '../history.fixture.ts';
import type { Story } from './story.ts';
import { storyOf } from './story-of.ts';

const window = { fromMs: 0, untilMs: 2_000 };
const lateAnswers: Fault = { kind: 'latency', stream: 'downstream', latencyMs: 700, jitterMs: 0, ...window };
const applied = [at(0, nemesis({ applied: 0 })), at(2_000, nemesis({ healed: 0 }))];
const entered = at(1, entry('c1#1', 'u1'));
const called = (ms: number, call: string, uuid = 'u1'): Observation[] => [
  at(ms, request('front', `f${call}`, { uuids: [uuid] })),
  at(ms + 1, request('back', `b${call}`, { uuids: [uuid] })),
  at(ms + 5, answer('back', `b${call}`, { elapsedMs: 4, uuids: [uuid] })),
];
const answered = (ms: number, call: string): Observation => at(ms, answer('front', `f${call}`, { elapsedMs: 1 }));
const gaveUp = (ms: number, call: string): Observation =>
  at(ms, callFailed('front', `f${call}`, { by: 'client', elapsedMs: 500 }));

function storyOfFault(fault: Fault, events: readonly Observation[], messages = 1): Story {
  return storyOf(historyOf({ faults: [fault], messages }, events), { findings: [] });
}

/** The elements that show faults: the time and the kind of each, and the label of a separate point. */
function seenIn({ elements }: Story): unknown[] {
  return elements.flatMap(({ timeMs, what, faults, labels }) =>
    faults.length === 0 ? [] : [[timeMs, what, ...(what === 'fault' ? labels : [])]],
  );
}

describe('decisions of the simulator in a story', () => {
  const decidedNow = { fromMs: 10, untilMs: 12 };

  test('a decision of the simulator is shown at the process that it held up, and says what held it up', () => {
    const decided = { of: 'legacy', what: 'database slow 900 ms: select messaging_breakers' };
    const slow: Fault = { ...lateAnswers, heldUp: 'legacy', decided };
    const drawnStory = storyOfFault(slow, [
      entered,
      at(5, nemesis({ applied: 0 })),
      ...called(920, '1'),
      answered(930, '1'),
    ]);
    expect(drawnStory.elements.filter(({ what }) => what === 'fault')).toMatchObject([
      { at: 'legacy app', timeMs: 5, labels: ['legacy database slow 900 ms: select messaging_breakers'] },
    ]);
    expect(drawnStory.faults).toMatchObject([
      { state: 'bit', words: 'legacy database slow 900 ms: select messaging_breakers' },
    ]);
  });

  test('a decision of the simulator is shown at its own message, although another one was disturbed at the same time', () => {
    const decided = { of: 'answer', what: 'late 30 ms' };
    const late: Fault = { ...lateAnswers, fromMs: 11, untilMs: 42, latencyMs: 30, decided };
    // The simulator is one observer, and records a decision right after the event that it is about.
    const events = [
      entered,
      at(2, entry('c1#2', 'u2')),
      ...called(8, '0', 'u2').slice(0, 2),
      ...called(9, '1').slice(0, 2),
      at(11, answer('back', 'b1', { elapsedMs: 1 })),
      at(11, nemesis({ applied: 0 })),
      at(13, answer('back', 'b0', { elapsedMs: 4, uuids: ['u2'] })),
      answered(41, '1'),
      gaveUp(508, '0'),
    ].map((event) => ({ ...event, observer: 'sim' }));
    const sim = storyOfFault(late, events, 2);
    expect(seenIn(sim)).toEqual([[41, 'answer']]);
  });

  test('a decision of the simulator is shown on the repeated arrival of a request', () => {
    const decided = { of: 'request', what: 'delivered twice' };
    const twice: Fault = { ...lateAnswers, stream: 'upstream', ...decidedNow, latencyMs: 1, decided };
    const drawnStory = storyOfFault(twice, [
      entered,
      at(10, request('front', 'f1', { uuids: ['u1'] })),
      at(10, nemesis({ applied: 0 })),
      at(11, request('back', 'b1', { uuids: ['u1'] })),
      at(12, request('back', 'b2', { uuids: ['u1'] })),
    ]);
    expect(seenIn(drawnStory)).toEqual([[12, 'request']]);
    expect(drawnStory.faults).toMatchObject([{ state: 'bit', shortWords: 'delivered twice' }]);
  });

  test('a decision of the simulator is shown as a separate point if no observer saw its effect, and never as without effect', () => {
    const refused: Fault = { kind: 'refuse', ...decidedNow, decided: { of: 'connection', what: 'refused' } };
    const drawnStory = storyOfFault(refused, [entered, at(10, nemesis({ applied: 0 })), at(900, quiescent)]);
    expect(seenIn(drawnStory)).toEqual([[10, 'fault', 'connection refused']]);
  });
});

describe('faults in a story', () => {
  test('a fault is shown where its receipt says, not on a call that merely failed shortly before its window', () => {
    const story = storyOfFault(lateAnswers, [
      at(80, nemesis({ applied: 0 })),
      at(2_000, nemesis({ healed: 0 })),
      entered,
      ...called(40, '1'),
      at(46, callFailed('front', 'f1', { by: 'server', elapsedMs: 6 })),
      ...called(100, '2'),
      gaveUp(600, '2'),
    ]);
    expect(seenIn(story)).toEqual([[105, 'answer']]);
    expect(story.faults).toMatchObject([
      { state: 'bit', startMs: 80, endMs: 2_000, words: 'latency downstream 700 ms' },
    ]);
  });

  test('a fault is shown on the element that it disturbed, not on the one that its receipt compares with it', () => {
    const reset: Fault = { kind: 'reset', stream: 'downstream', ...window };
    const broke = at(16, callFailed('front', 'f1', { by: 'server', elapsedMs: 6 }));
    expect(seenIn(storyOfFault(reset, [...applied, entered, ...called(10, '1'), broke]))).toEqual([[15, 'answer']]);
  });

  test('a fault is shown on the send that the provider treated differently', () => {
    const slow = providerFault({ delayMs: 600, ...window });
    const events = [at(10, attempt('service', 'c1#1', 'a')), at(615, accept('service', 'c1#1', 'a'))];
    expect(seenIn(storyOfFault(slow, [...applied, entered, ...events]))).toEqual([[10, 'send']]);
  });

  test('a fault that is a crash or a redelivery is shown on that element', () => {
    const crash: Fault = { kind: 'crash', process: 'service', atMs: 100, restartAfterMs: 100 };
    const events = [at(100, nemesis({ crash: 'service' })), at(200, nemesis({ restart: 'service' }))];
    expect(seenIn(storyOfFault(crash, [entered, ...events]))).toEqual([[100, 'crash']]);
    const again = [at(0, trigger()), at(90, trigger('c1', 2))];
    expect(seenIn(storyOfFault({ kind: 'redelivery', campaign: 'c1', atMs: 90 }, again))).toEqual([[90, 'redelivery']]);
  });

  test('a fault is shown above the fallback that refused connections led to', () => {
    const story = storyOfFault({ kind: 'refuse', ...window }, [...applied, entered, ...sent(30, 'legacy')]);
    const order = story.elements.filter(({ importance }) => importance !== 'background').map(({ what }) => what);
    expect(seenIn(story)).toEqual([[30, 'fault', 'connections refused']]);
    expect(order).toEqual(['entry', 'fault', 'send']);
  });

  test('a fault is shown instead of the row that the rig wrote to apply it', () => {
    const open: Fault = { kind: 'breaker-open', breaker: 'live', fromMs: 0 };
    const story = storyOfFault(open, [at(0, breaker('OPEN', { role: 'rig_role' })), entered]);
    expect(seenIn(story)).toEqual([[0, 'fault', 'breaker live OPEN']]);
    expect(story.elements.filter(({ what }) => what === 'breaker')).toEqual([]);
  });

  test('a fault is shown with a remark when it took effect on another message than the story’s', () => {
    const events = [...applied, entered, at(2, entry('c1#2', 'u2')), ...called(10, '1', 'u2'), gaveUp(510, '1')];
    const history = historyOf({ faults: [lateAnswers], messages: 2 }, events);
    const finding = { property: 'L1', message: 'lost', items: ['c1#1'], witnesses: [] } as const;
    const story = storyOf(history, { findings: [{ ...finding, items: ['c1#1'], witnesses: [] }] });
    expect(seenIn(story)).toEqual([[15, 'fault', 'latency downstream 700 ms on another message']]);
  });
});

describe('faults without a receipt in a story', () => {
  test('a fault without a receipt is shown where it was applied, as one that had nothing to act on', () => {
    const story = storyOfFault(lateAnswers, [at(40, nemesis({ applied: 0 })), entered]);
    expect(seenIn(story)).toEqual([[40, 'fault', 'latency downstream 700 ms had nothing to act on']]);
    expect(story.faults).toMatchObject([{ state: 'idle', startMs: 40, endMs: null, witnesses: [] }]);
  });

  test('a fault without a receipt is shown where it was applied, as one that left no trace', () => {
    const story = storyOfFault(lateAnswers, [...applied, entered, ...called(10, '1'), answered(16, '1')]);
    expect(seenIn(story)).toEqual([[0, 'fault', 'latency downstream 700 ms left no trace']]);
    expect(story.faults).toMatchObject([{ state: 'missing' }]);
  });

  test('a fault without a receipt is shown at the start when it was applied before the clock started', () => {
    const story = storyOfFault(lateAnswers, [at(-3, nemesis({ applied: 0 })), entered]);
    expect(seenIn(story)).toEqual([[0, 'fault', 'latency downstream 700 ms had nothing to act on']]);
  });

  test('a fault without a receipt is shown where it was planned when it was never applied', () => {
    const crash: Fault = { kind: 'crash', process: 'legacy', atMs: 100, restartAfterMs: 0 };
    const story = storyOfFault(crash, [entered, at(3_000, quiescent)]);
    expect(seenIn(story)).toEqual([[100, 'fault', 'legacy crash left no trace']]);
  });

  test('a fault that holds a process up in the simulator is shown without a remark, since no observer can see it', () => {
    const story = storyOfFault({ ...lateAnswers, latencyMs: 30, heldUp: 'legacy' }, [...applied, entered]);
    expect(seenIn(story)).toEqual([[0, 'fault', 'legacy held up 30 ms']]);
  });
});
