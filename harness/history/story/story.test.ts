import { describe, expect, test } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import type { Finding } from '../../formats/finding.ts';
import {
  accept,
  answer,
  at,
  attempt,
  balance,
  breaker,
  callFailed,
  charged,
  decrement,
  entry,
  historyOf,
  log,
  logRow,
  nemesis,
  providerError,
  quiescent,
  recover,
  reject,
  request,
  row,
  type ScriptOptions,
  sent,
  trigger,
} from '../history.fixture.ts';
import type { Story } from './story.ts';
import { storyOf } from './story-of.ts';

const entered = at(1, entry('c1#1', 'u1'));
const asked = (ms: number, tap: 'front' | 'back', call = '1'): Observation =>
  at(ms, request(tap, `${tap}-${call}`, { uuids: ['u1'] }));
const answered = (ms: number, tap: 'front' | 'back', call = '1'): Observation =>
  at(ms, answer(tap, `${tap}-${call}`, { elapsedMs: 1 }));
const ended = (ms: number, by: 'client' | 'server'): Observation =>
  at(ms, callFailed('front', 'front-1', { by, elapsedMs: ms - 10 }));

function story(events: readonly Observation[], options: ScriptOptions = {}, findings: readonly Finding[] = []): Story {
  return storyOf(historyOf(options, events), { findings });
}

/** The messages of a story, each with its time, its ends and its outcome. */
function messagesIn({ elements }: Story): unknown[] {
  return elements.flatMap((element) =>
    element.kind === 'message' ? [[element.timeMs, element.what, element.from, element.to, element.outcome.state]] : [],
  );
}

function pointsIn({ elements }: Story): unknown[] {
  return elements.flatMap((element) =>
    element.kind === 'point' ? [[element.timeMs, element.what, element.at, element.labels.at(-1)]] : [],
  );
}

const finding = (property: Finding['property'], witnesses: number[], items = ['c1#1']): Finding => ({
  property,
  message: 'wrong',
  items,
  witnesses,
});

test('an entry shows its pinned mode, and what the flag says where no mode is pinned or the two differ', () => {
  const entryIn = (pinned: string | undefined, mode: string | null): unknown => {
    const { elements } = story([at(1, entry('c1#1', 'u1', pinned))], { mode });
    return elements.find(({ what }) => what === 'entry')?.labels;
  };
  expect(entryIn('ON', 'ON')).toEqual(['enters in mode ON', 'ON entry']);
  expect(entryIn('', null)).toEqual(['enters in mode OFF', 'OFF entry']);
  expect(entryIn('', 'SHADOW')).toEqual(['enters, flag says SHADOW', 'entry, flag says SHADOW']);
  expect(entryIn('OFF', 'on')).toEqual(['enters in mode OFF, flag says on', 'OFF entry, flag says on']);
  expect(entryIn('ON', null)).toEqual(['enters in mode ON, there is no flag', 'ON entry, there is no flag']);
});

describe('the calls of a story', () => {
  test('the calls of a story are a request and an answer, each with the times at both taps', () => {
    const drawnStory = story([
      entered,
      asked(10, 'front'),
      asked(11, 'back'),
      answered(40, 'back'),
      answered(42, 'front'),
    ]);
    expect(drawnStory.elements.filter(({ kind }) => kind === 'message')).toMatchObject([
      { what: 'request', from: 'legacy app', to: 'service', timeMs: 10, startMs: 10, endMs: 11, items: ['c1#1'] },
      { what: 'answer', from: 'service', to: 'legacy app', timeMs: 42, startMs: 40, endMs: 42, importance: 'call' },
    ]);
  });

  test('the calls of a story are paired by what they carry, so a dry run is no request and the order of the uuids does not matter', () => {
    const both = { uuids: ['u1', 'u2'] };
    const drawnStory = story([
      entered,
      at(10, request('front', 'f', both)),
      at(11, request('back', 'dry', { ...both, dryRun: true })),
      at(12, request('back', 'b', { uuids: ['u2', 'u1'] })),
    ]);
    expect(drawnStory.elements.filter(({ kind }) => kind === 'message')).toMatchObject([
      { what: 'request', labels: ['request of 2', 'request'], startMs: 10, endMs: 12 },
      { what: 'request', labels: ['dry run of 2', 'dry run'], startMs: 11, endMs: 11 },
    ]);
  });

  test.each<[string, Observation[], unknown[]]>([
    ['a request that never arrived', [asked(10, 'front')], [[10, 'request', 'legacy app', 'service', 'lost']]],
    [
      'a request that took long',
      [asked(10, 'front'), asked(90, 'back')],
      [[10, 'request', 'legacy app', 'service', 'late']],
    ],
    [
      'an answer that came after its caller had given up',
      [asked(10, 'front'), asked(11, 'back'), answered(20, 'back'), ended(510, 'client')],
      [
        [10, 'request', 'legacy app', 'service', 'arrived'],
        [20, 'answer', 'service', 'legacy app', 'too-late'],
      ],
    ],
    [
      'an answer that a broken connection swallowed',
      [asked(10, 'front'), asked(11, 'back'), answered(20, 'back'), ended(21, 'server')],
      [
        [10, 'request', 'legacy app', 'service', 'arrived'],
        [20, 'answer', 'service', 'legacy app', 'lost'],
      ],
    ],
    [
      'a request that the network delivered twice, and the answer to the second delivery that came first',
      [
        asked(10, 'front'),
        asked(11, 'back'),
        asked(12, 'back', '2'),
        answered(13, 'back', '2'),
        answered(14, 'front'),
        answered(15, 'back'),
      ],
      [
        [10, 'request', 'legacy app', 'service', 'arrived'],
        [12, 'request', 'legacy app', 'service', 'arrived-again'],
        [14, 'answer', 'service', 'legacy app', 'arrived'],
        [15, 'answer', 'service', 'legacy app', 'too-late'],
      ],
    ],
    [
      'a request that only the back tap saw',
      [asked(12, 'back')],
      [[12, 'request', 'legacy app', 'service', 'arrived']],
    ],
  ])('the calls of a story show %s', (_, events, expected) => {
    expect(messagesIn(story([entered, ...events]))).toEqual(expected);
  });

  test('the calls of a story say how they ended at the legacy app', () => {
    const end = (by: 'client' | 'server'): unknown[] => pointsIn(story([asked(10, 'front'), ended(510, by)]));
    expect(end('client')).toEqual([[510, 'call-ended', 'legacy app', 'timeout']]);
    expect(end('server')).toEqual([[510, 'call-ended', 'legacy app', 'reset']]);
  });
});

test('the sends of a story say what the provider did, and mark a second acceptance', () => {
  const drawnStory = story([
    entered,
    ...sent(10, 'service'),
    at(20, attempt('legacy', 'c1#1', 'a')),
    at(700, accept('legacy', 'c1#1', 'a')),
    at(30, attempt('legacy', 'c1#1', 'b')),
    at(31, reject('legacy', 'c1#1', 'b')),
    at(40, attempt('legacy', 'c1#1', 'c')),
    at(41, providerError('legacy', 'c1#1', 'c')),
    at(50, attempt('legacy', null, 'd')),
  ]);
  expect(
    drawnStory.elements.flatMap((element) =>
      element.kind === 'message' ? [[element.startMs, element.endMs, element.outcome.words, element.labels[0]]] : [],
    ),
  ).toEqual([
    [10, 11, 'SENT', 'send'],
    [20, 700, 'SENT AGAIN', 'fallback send'],
    [30, 31, 'not sent, rejected 400', 'fallback send'],
    [40, 41, 'not sent, error 503', 'fallback send'],
    [50, null, 'no answer', 'send to an unknown number'],
  ]);
  expect(drawnStory.sent).toEqual([{ item: 'c1#1', times: 2 }]);
});

test("the points of a story are at the lifeline of the system that acted, and the rig's at the rig", () => {
  const drawnStory = story([
    at(0, trigger()),
    at(1, trigger('c1', 2)),
    at(2, entry('c1#1', 'u1')),
    at(3, breaker('CLOSED', { failures: 1 })),
    at(4, breaker('OPEN')),
    at(5, breaker('OPEN', { role: 'rig_role' })),
    at(6, log('service', 'hello')),
    at(7, logRow('u1', { status: 'accepted' })),
    at(8, row('go_sms_logs', { after: { message_uuid: 'u1', status: 'sent' }, role: 'service_role' })),
    at(9, decrement({ from: 100, to: 99 })),
    at(10, nemesis({ crash: 'service' })),
    at(11, nemesis({ restart: 'service' })),
    at(12, { observer: 'rig', kind: 'flip', tenant: 't1', mode: 'OFF' }),
    at(13, recover()),
    at(14, balance(99)),
    at(15, charged('u1')),
    at(16, {
      observer: 'rig',
      kind: 'user-response',
      campaign: 'c1',
      delivery: 1,
      status: null,
      body: '',
      elapsedMs: 9,
    }),
  ]);
  const kept = drawnStory.elements.flatMap((element) => (element.kind === 'point' ? [element] : []));
  expect(kept.map(({ timeMs, what, at: where, importance }) => [timeMs, what, where, importance])).toEqual([
    [1, 'redelivery', 'legacy app', 'call'],
    [2, 'row', 'legacy app', 'background'],
    [2, 'entry', 'legacy app', 'context'],
    [3, 'row', 'legacy app', 'background'],
    [4, 'breaker', 'legacy app', 'change'],
    [5, 'breaker', 'rig', 'background'],
    [6, 'log', 'service', 'background'],
    [7, 'row', 'legacy app', 'context'],
    [8, 'row', 'service', 'background'],
    [9, 'row', 'legacy app', 'background'],
    [10, 'crash', 'service', 'call'],
    [11, 'restart', 'service', 'context'],
    [12, 'flip', 'legacy app', 'change'],
    [13, 'recovery', 'rig', 'background'],
    [14, 'rig', 'rig', 'background'],
    [15, 'row', 'legacy app', 'background'],
    [16, 'no-response', 'user', 'background'],
  ]);
  expect(kept.find(({ timeMs }) => timeMs === 9)?.labels).toEqual([
    'quota_accounts update: units 100 -> 99',
    'balance 100 -> 99',
  ]);
});

test("the user's request and answer are shown when no message entered", () => {
  const importanceOf = (events: readonly Observation[]): string | undefined =>
    story(events).elements.find((element) => element.kind === 'message' && element.what === 'trigger')?.importance;
  expect(importanceOf([at(0, trigger())])).toBe('context');
  expect(importanceOf([at(0, trigger()), entered])).toBe('background');
});

describe('the findings of a story', () => {
  const events = [entered, ...sent(10, 'service'), ...sent(20, 'legacy'), at(30, logRow('u1', { status: 'accepted' }))];

  test('the findings of a story are sorted from the plainest, and the story is about the items of the first', () => {
    const drawnStory = story([entered, at(2, entry('c1#2', 'u2')), ...sent(10, 'service', 'c1#2')], { messages: 2 }, [
      finding('L1', [], ['c1#1']),
      finding('S1', [], ['c1#2']),
    ]);
    expect(drawnStory.findings.map(({ property }) => property)).toEqual(['S1', 'L1']);
    expect(drawnStory.items).toEqual(['c1#2']);
    expect(drawnStory.elements.find(({ items }) => items[0] === 'c1#1' && items.length === 1)?.importance).toBe(
      'background',
    );
  });

  test('the findings of a story mark their witnesses, and those of the first finding are never left out', () => {
    const drawnStory = story(events, {}, [finding('S8', [6]), finding('S1', [2, 4])]);
    const marked = drawnStory.elements.filter(({ witnessOf }) => witnessOf.length > 0);
    expect(marked.map(({ seqs, witnessOf, importance }) => [seqs, witnessOf, importance])).toEqual([
      [[2, 3], [0], 'witness'],
      [[4, 5], [0], 'witness'],
      [[6], [1], 'context'],
    ]);
  });
});

test('a story is plain data, made without touching its history', () => {
  const history = historyOf({ faults: [{ kind: 'redelivery', campaign: 'c1', atMs: 900 }] }, [
    entered,
    asked(10, 'front'),
    ...sent(20, 'service'),
    at(90, quiescent),
  ]);
  const before = structuredClone(history);
  const drawnStory = storyOf(history, { findings: [finding('S1', [1])] });
  expect(history).toEqual(before);
  expect(JSON.parse(JSON.stringify(drawnStory))).toEqual(drawnStory);
});
