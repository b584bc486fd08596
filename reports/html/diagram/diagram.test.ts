import { describe, expect, test } from 'vitest';
import {
  accept,
  answer,
  at,
  attempt,
  entry,
  historyOf,
  log,
  nemesis,
  request,
  sent,
} from '../../../harness/history/history.fixture.ts';
import { storyOf } from '../../../harness/history/story/story-of.ts';
import { renderDiagram } from './diagram.ts';
import { stepsOf } from './steps.ts';
import { sentTwice } from './stories.fixture.ts';

const drawn = (width = 760): string =>
  renderDiagram(sentTwice(), { width, title: 'A message is sent twice' }).drawing.toString();

describe('the rows of a diagram', () => {
  test('the rows of a diagram show how a message was sent twice', () => {
    expect(
      stepsOf(sentTwice()).steps.map(({ timeMs, label, note, witness, isPast, shape }) =>
        [
          timeMs,
          shape.kind === 'arrow' ? `${shape.from} > ${shape.isLost ? 'lost at ' : ''}${shape.to}` : shape.at,
          [label, note?.text].filter(Boolean).join(': '),
          witness === null ? '' : `witness ${witness}`,
          isPast ? '' : 'faint',
        ]
          .filter((part) => part !== '')
          .join(' | '),
      ),
    ).toMatchInlineSnapshot(`
      [
        "0 | user > legacy app | send c1",
        "1 | legacy app > PostgreSQL | uuid stored with mode ON",
        "1 | legacy app | enters in mode ON",
        "2 | legacy app > service | request",
        "4 | service > PostgreSQL | authority: service CLAIMED",
        "5 | service > provider | send: SENT | witness 1",
        "7 | proxy | latency downstream 700 ms",
        "7 | service > lost at proxy | answer: accepted: too late",
        "502 | legacy app | no answer in 500 ms",
        "510 | legacy app > provider | fallback send: SENT AGAIN | witness 2",
      ]
    `);
  });
});

test('a request that arrived late is drawn above the send that it caused, even if two clocks disagree', () => {
  const asked = [at(1, entry('c1#1', 'u1')), at(2, request('front', 'f', { uuids: ['u1'] }))];
  const events = [...asked, ...sent(600, 'service'), at(620, request('back', 'b', { uuids: ['u1'] }))];
  const { steps } = stepsOf(storyOf(historyOf({}, events), { findings: [] }));
  const shown = steps.flatMap(({ timeMs, label, shape }) =>
    'from' in shape && !shape.isWrite ? [[timeMs, label, shape.from]] : [],
  );
  expect(shown).toEqual([
    [2, 'request', 'legacy app'],
    [600, 'request', 'proxy'],
    [600, 'send', 'service'],
  ]);
});

test('an answer to a request that never arrived comes from the proxy, not from the service', () => {
  const asked = [at(1, entry('c1#1', 'u1')), at(2, request('front', 'f', { uuids: ['u1'] }))];
  const given = at(3, answer('front', 'f', { elapsedMs: 1, status: 503, uuids: [] }));
  const { steps } = stepsOf(storyOf(historyOf({}, [...asked, given]), { findings: [] }));
  expect(steps.at(-1)).toMatchObject({ label: 'answer: 503', shape: { from: 'proxy', to: 'legacy app' } });
});

describe('the drawing', () => {
  test('the drawing has classes and numbers, and no styles', () => {
    expect(drawn()).not.toMatch(/style=|href|<script|on\w+=|NaN|Infinity|undefined/u);
  });

  test('the rows of the drawing name the events that they show', () => {
    const story = sentTwice();
    const named = new Set([...drawn().matchAll(/data-seq="([\d ]*)"/gu)].flatMap(([, seqs = '']) => seqs.split(' ')));
    const witnesses = story.findings[0]?.witnesses ?? [];
    expect(witnesses.filter((seq) => !named.has(String(seq)))).toEqual([]);
  });

  test('the drawing for a narrow screen shows the same rows', () => {
    const rows = (text: string): number => text.match(/class="d-row/gu)?.length ?? 0;
    expect(rows(drawn(360))).toBe(rows(drawn(760)));
  });

  test('the drawing shows hostile names as text', () => {
    const hostile = `</title><script>alert(1)</script>\u202e${'x'.repeat(10_000)}`;
    const history = historyOf({ changes: { system: hostile } }, [
      at(1, entry('c1#1', 'u1', hostile)),
      ...sent(4, 'service'),
    ]);
    const text = renderDiagram(storyOf(history, { findings: [] }), { width: 760, title: hostile }).drawing.toString();
    expect(text).not.toMatch(/<script|\u202e/u);
    expect(text).toContain('…');
  });

  test('the drawing says how many events of other messages it leaves out', () => {
    const events = [at(1, entry('c1#1', 'u1')), at(1, entry('c1#2', 'u2')), ...sent(4, 'service', 'c1#2')];
    const finding = { property: 'S1', message: 'wrong', items: ['c1#1'], witnesses: [1] } as const;
    const drawnStory = storyOf(historyOf({ messages: 2 }, events), {
      findings: [{ ...finding, items: ['c1#1'], witnesses: [1] }],
    });
    expect(renderDiagram(drawnStory, { width: 760, title: '' }).drawing.toString()).toContain(
      '3 events of other messages are not drawn.',
    );
  });

  test('the drawing on a phone says that a wider one shows more', () => {
    const drawingOf = (width: number): string => renderDiagram(sentTwice(), { width, title: '' }).drawing.toString();
    expect(drawingOf(336)).toContain('A wider screen also shows');
    expect(drawingOf(760)).not.toContain('A wider screen also shows');
  });

  test('the band of a slow provider ends with its answer, not with the window of the fault', () => {
    const fault = {
      kind: 'provider',
      system: 'service',
      outcome: 'slow',
      delayMs: 200,
      fromMs: 0,
      untilMs: 900,
    } as const;
    const history = historyOf({ faults: [fault] }, [
      at(0, nemesis({ applied: 0 })),
      at(1, entry('c1#1', 'u1')),
      at(4, attempt('service', 'c1#1', 'a')),
      at(204, accept('service', 'c1#1', 'a')),
      at(800, nemesis({ healed: 0 })),
      at(1_000, log('legacy', 'x')),
      ...sent(1_200, 'legacy'),
    ]);
    const drawing = renderDiagram(storyOf(history, { findings: [] }), { width: 760, title: '' }).drawing.toString();
    const [, top, height] = /class="d-fault d-bit" x="\S+" y="(\S+)" width="10" height="(\S+)"/u.exec(drawing) ?? [];
    const [, decided] = /<circle cx="\S+" cy="(\S+)" r="4"\/><text class="d-t-good"/u.exec(drawing) ?? [];
    expect(Number(top) + Number(height)).toBe(Number(decided));
  });

  test('the drawing matches its snapshot', () => {
    expect(drawn()).toMatchSnapshot();
  });
});
