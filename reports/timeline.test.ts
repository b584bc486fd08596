import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PROPERTY_IDS } from '../harness/formats/finding.ts';
import type { History } from '../harness/formats/history.ts';
import {
  accept,
  answer,
  at,
  attempt,
  breaker,
  callFailed,
  entry,
  historyOf,
  recover,
  request,
  sent,
} from '../harness/history/history.fixture.ts';
import { storyOf } from '../harness/history/story/story-of.ts';
import {
  doubleSendCounterexample,
  doubleSendFinding,
  handmadeHistory,
  singleSend,
  slowAnswer,
} from './history.fixture.ts';
import { renderTimeline, sendSentence, TIMELINE_LINES_MAX } from './timeline.ts';

const plain = { color: false };

describe('a timeline', () => {
  test('a timeline shows the double send and ends with the finding', () => {
    expect(renderTimeline(doubleSendCounterexample, plain)).toMatchInlineSnapshot(`
      "as-written, slow answer: 1 message; faults: latency downstream 700 ms
          ms legacy app                   service                     provider
            4   o enters in mode ON          |                            |
            9   |--------- request --------->|                            |
      >    22   |                            |---------- send ----------->* SENT
           49   |      x- answer: accepted --|                            | ! latency downstream 700 ms
          510   x no answer in 501 ms        |                            |
      >   520   |-------------------- fallback send --------------------->* SENT AGAIN
          541   o log: legacy accepted       |                            |
      S1 AtMostOnce: spring#1 was accepted by the provider 2 times: first from service, then from legacy"
    `);
  });

  test('a timeline says that a case was found in a stratum, whose name is not about its own faults', () => {
    const name = 'stratum 6.1: blackhole downstream, ON';
    const history = { ...singleSend, scenario: { ...singleSend.scenario, name } };
    expect(renderTimeline({ history, findings: [] }, plain)).toMatch(
      /^reference, found in stratum 6\.1 \(blackhole downstream, ON\): 1 message; faults: latency/,
    );
  });

  test('a timeline without a finding ends with how often the message was sent', () => {
    expect(renderTimeline({ history: singleSend, findings: [] }, plain)).toMatchInlineSnapshot(`
      "reference, slow answer: 1 message; faults: latency downstream 700 ms
          ms legacy app                   service                     provider
            4   o enters in mode ON          |                            |
            9   |--------- request --------->|                            |
           22   |                            |---------- send ----------->* SENT
           49   |      x- answer: accepted --|                            | ! latency downstream 700 ms
          510   x no answer in 501 ms        |                            |
          528   o log: go accepted           |                            |
      1 message, sent once"
    `);
  });

  test('a timeline colours the second send', () => {
    expect(renderTimeline(doubleSendCounterexample, { color: true })).toContain('\u001b[31mSENT AGAIN');
  });

  test('a timeline draws a lifeline for the user when the answer to the user is a witness', () => {
    const history = handmadeHistory('reference', [
      [0, { kind: 'trigger', campaign: 'spring', delivery: 1 }],
      [900, { kind: 'user-response', campaign: 'spring', delivery: 1, status: 200, body: '', elapsedMs: 900 }],
    ]);
    const finding = { property: 'S14', message: 'the user waited 900 ms', items: [], witnesses: [1] } as const;
    expect(renderTimeline({ history, findings: [{ ...finding, items: [], witnesses: [1] }] }, plain))
      .toMatchInlineSnapshot(`
        "reference, slow answer: 1 message; faults: latency downstream 700 ms
            ms  user                   legacy app                  service                  provider
              0 ! latency downstream 700 ms had nothing to act on     |                         |
              0   |----- send spring ------>|                         |                         |
        >   900   |<--- 200 after 900 ms ---|                         |                         |
        S14 Budget: the user waited 900 ms"
      `);
  });

  test('a timeline shows a request that never arrived, a refused connection and a crash', () => {
    const carried = {
      method: 'POST',
      path: '/batches',
      tenantId: 1,
      dryRun: false,
      uuids: ['u1'],
      tap: 'front',
    } as const;
    const history = handmadeHistory('reference', [
      [
        1,
        { kind: 'entry', item: 'spring#1', tenant: 'acme', messageUuid: 'u1', mode: 'ON', flagged: ['ON'], epoch: 1 },
      ],
      [5, { kind: 'request', call: 'f1', ...carried, uuids: ['u1'], messages: [] }],
      [
        7,
        {
          kind: 'call-failed',
          call: 'f1',
          tap: 'front',
          by: 'server',
          how: 'rst',
          requestComplete: true,
          answerBytes: 0,
          elapsedMs: 2,
        },
      ],
      [300, { kind: 'crash', process: 'service', expected: true }],
      [700, { kind: 'restart', process: 'service' }],
      [800, { kind: 'fault-applied', fault: 1 }],
    ]);
    const faults = [
      { kind: 'crash', process: 'service', atMs: 290, restartAfterMs: 300 },
      { kind: 'refuse', fromMs: 790, untilMs: 900 },
    ] as const;
    const scenario = { ...slowAnswer, faults: [...faults] };
    expect(renderTimeline({ history: { ...history, scenario }, findings: [] }, plain)).toMatchInlineSnapshot(`
      "reference, slow answer: 1 message; faults: service crash; connections refused
          ms legacy app                   service                     provider
            1   o enters in mode ON          |                            |
            5   |------ request ------x      |                            | never arrived
            7   x connection reset           |                            |
          300   |                            x CRASH                      | ! service crash
          700   |                            o restarted                  |
          800 ! connections refused had nothing to act on                 |
      1 message, never sent"
    `);
  });

  test('a timeline names the messages if there are several, and marks actions of the rig beside the lifelines', () => {
    const events = [
      at(1, entry('c1#1', 'u1')),
      at(2, entry('c1#2', 'u2')),
      at(10, request('front', 'f1', { uuids: ['u1', 'u2'] })),
      at(11, request('back', 'b1', { uuids: ['u1', 'u2'] })),
      at(90, request('back', 'b2', { uuids: ['u1', 'u2'] })),
      ...sent(20, 'service', 'c1#1'),
      at(21, attempt('service', 'c1#2', 'a')),
      at(800, accept('service', 'c1#2', 'a')),
      at(95, answer('back', 'b2', { elapsedMs: 5 })),
      at(510, callFailed('front', 'f1', { by: 'client', elapsedMs: 500 })),
      at(600, breaker('OPEN')),
      at(900, recover()),
    ];
    const slow = {
      kind: 'provider',
      system: 'service',
      outcome: 'slow',
      delayMs: 700,
      fromMs: 0,
      untilMs: 900,
    } as const;
    const never = { kind: 'redelivery', campaign: 'c1', atMs: 700 } as const;
    const history = historyOf({ messages: 2, faults: [slow, never] }, events);
    const witnesses = history.events.filter(({ kind }) => kind === 'recover').map(({ seq }) => seq);
    const finding = {
      ...doubleSendFinding,
      property: 'L1',
      message: 'a message is lost',
      items: [],
      witnesses,
    } as const;
    expect(renderTimeline({ history, findings: [{ ...finding, items: [], witnesses }] }, plain)).toMatchInlineSnapshot(`
      "scripted, a scripted run: 2 messages; faults: provider slow 700 ms for service; redelivery of c1
          ms legacy app             service               provider
            1   o enters in mode ON #1 |                      |
            2   o enters in mode ON #2 |                      |
           10   |--- request of 2 ---->|                      |
           20   |                      |------ send #1 ------>* SENT #1
           21   |                      |------ send #2 ------>|
           90   |--- request of 2 ---->|                      | delivered again
           95   |     x--- accepted ---|                      | too late
          510   x no answer in 500 ms  |                      |
          600   o breaker live is OPEN |                      |
          700 ! redelivery of c1 had nothing to act on        |
          800   |                      |                      * SENT #2 ! provider slow 700 ms for service
      >   900 ~ recovery begins, round 1                      |
      L1 Terminal: a message is lost"
    `);
  });

  test('a timeline has at most 20 lines of at most 100 columns in any run', () => {
    fc.assert(
      fc.property(hostileSubject(), fc.integer({ min: 0, max: 300 }), (subject, width) => {
        const lines = renderTimeline(subject, { color: false, width }).split('\n');
        expect(lines.length).toBeLessThanOrEqual(TIMELINE_LINES_MAX);
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
        // oxlint-disable-next-line no-control-regex -- the expression is meant to match control characters
        expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
    );
  });

  test('a timeline keeps the first and the last witness when not all fit', () => {
    const events = Array.from({ length: 60 }, (_, index) => {
      const line = `line ${index}.`;
      return [index * 10, { kind: 'log', process: 'legacy', line }] as [
        number,
        { kind: 'log'; process: 'legacy'; line: string },
      ];
    });
    const history = handmadeHistory('reference', events);
    const finding = { ...doubleSendFinding, witnesses: events.map((_, index) => index) };
    const text = renderTimeline({ history, findings: [finding] }, plain);
    expect(text).toContain('line 0.');
    expect(text).toContain('line 59.');
    expect(text).toContain('46 less important rows not shown');
  });
});

describe('the sends of a timeline', () => {
  test('the sends of a timeline are counted by what the provider accepted', () => {
    const sentenceOf = (history: History): string => sendSentence(storyOf(history, { findings: [] }));
    expect(sentenceOf(doubleSendCounterexample.history)).toBe('1 message, sent TWICE');
    expect(sentenceOf(singleSend)).toBe('1 message, sent once');
    expect(sentenceOf(handmadeHistory('reference', []))).toBe('1 message, never sent');
  });
});

/** Histories with any number of events in any order, with texts that could break the drawing. */
function hostileSubject() {
  const text = fc.oneof(fc.string(), fc.constantFrom('\u001b[2J', 'a\nb', '\r\n\r\n', 'x'.repeat(400)));
  const item = fc.constantFrom('spring#1', 'unknown#9', '\n');
  const process = fc.constantFrom('legacy' as const, 'service' as const);
  const call = fc.constantFrom('c1', 'c2', 'c3');
  const tap = fc.constantFrom('front' as const, 'back' as const);
  const happening = fc.oneof(
    fc.record({ kind: fc.constant('log' as const), process, line: text }),
    fc.record({
      kind: fc.constant('entry' as const),
      item,
      tenant: text,
      messageUuid: call,
      mode: text,
      flagged: fc.constant<string[]>(['ON']),
      epoch: fc.constant(1),
    }),
    fc.record({ kind: fc.constant('crash' as const), process, expected: fc.boolean() }),
    fc.record({ kind: fc.constant('flip' as const), tenant: text, mode: text }),
    fc.record({
      kind: fc.constant('attempt' as const),
      attempt: call,
      system: process,
      account: text,
      recipient: text,
      body: text,
      item,
    }),
    fc.record({ kind: fc.constant('accept' as const), attempt: call, system: process, item, providerMessageId: text }),
    fc.record({ kind: fc.constant('trigger' as const), campaign: text, delivery: fc.integer({ min: 1, max: 9 }) }),
    fc.record({
      kind: fc.constant('request' as const),
      call,
      tap,
      method: text,
      path: text,
      tenantId: fc.constant(1),
      dryRun: fc.boolean(),
      uuids: fc.array(call),
      messages: fc.array(fc.record({ messageUuid: call, recipient: text, bodyDigest: text, provider: text })),
    }),
    fc.record({
      kind: fc.constant('answer' as const),
      call,
      tap,
      status: fc.integer(),
      results: fc.array(fc.record({ messageUuid: call, status: text, providerMessageId: text })),
      elapsedMs: fc.double(),
    }),
    fc.record({
      kind: fc.constant('row' as const),
      table: text,
      operation: fc.constant('insert' as const),
      key: text,
      before: fc.constant(null),
      after: fc.dictionary(text, text),
      role: text,
      transaction: text,
    }),
  );
  const timeMs = fc.integer({ min: -10, max: 99_999 });
  const finding = fc.record({
    property: fc.constantFrom(...PROPERTY_IDS),
    message: text,
    items: fc.array(item),
    witnesses: fc.array(fc.nat({ max: 60 })),
  });
  return fc.record({
    history: fc
      .array(fc.tuple(timeMs, happening), { maxLength: 60 })
      .map((happenings) => handmadeHistory('\u001b[31mbad\n', happenings)),
    findings: fc.array(finding, { maxLength: 3 }),
  });
}
