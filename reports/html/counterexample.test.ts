import { describe, expect, test } from 'vitest';
import type { Counterexample } from '../../harness/formats/counterexample.ts';
import { storyOf } from '../../harness/history/story/story-of.ts';
import { doubleSendCounterexample, singleSend } from '../history.fixture.ts';
import { counterexampleSection } from './counterexample.ts';

function section(changes: Partial<Counterexample> = {}, bisect?: string): string {
  const counterexample = { ...doubleSendCounterexample, ...changes };
  const story = storyOf(counterexample.history, counterexample);
  return counterexampleSection(counterexample, {
    story,
    headline: 'sent twice',
    replay: 'npx onesend replay X',
    bisect,
  }).toString();
}

const { history, case: own, shrinking } = doubleSendCounterexample;

describe('the section of a counterexample', () => {
  test('the section of a counterexample says what was expected, what was seen, and where to look', () => {
    const text = section()
      .replaceAll(/<[^>]*>/gu, ' ')
      .replaceAll(/\s+/gu, ' ')
      .replaceAll('&#39;', "'");
    expect(text).toContain('S1 AtMostOnce Expected The provider accepts a message at most once');
    expect(text).toContain('Actual spring#1 was accepted by the provider 2 times');
    expect(text).toContain(
      `Where to look The legacy app's send , at 520 ms: fallback send, SENT AGAIN at 529 ms. The code that decides on the second send.`,
    );
    expect(text).toContain('npx onesend replay X');
  });

  test('the section of a counterexample copies the lines that replay and bisect it, and omits a line that does not apply', () => {
    const copied = (text: string): (string | undefined)[] =>
      [...text.matchAll(/<code>([^<]*)<\/code><button [^>]*data-copy="([^"]*)"/gu)].map(([, shown, copies]) =>
        shown === copies ? shown : undefined,
      );
    const bisect = 'npx onesend bisect --good REV --bad REV X';
    const explain = 'npx onesend explain S1';
    expect(copied(section({}, bisect))).toEqual(['npx onesend replay X', bisect, explain]);
    expect(copied(section())).toEqual(['npx onesend replay X', explain]);
    expect(section()).not.toContain('REV');
  });

  test('the section of a counterexample draws the run for a screen and for a phone', () => {
    expect(section().match(/<svg class="d"/gu)).toHaveLength(2);
    expect(section()).not.toContain('data-view=');
  });

  test('the section of a counterexample draws the run as it was found and the nearest one that passes, behind buttons', () => {
    const explanation = {
      ingredients: [{ kind: 'fault', words: 'the latency', state: 'necessary', tries: 5, violated: 0 } as const],
      boundaries: [],
      nearestPassing: { words: 'without the latency', case: own, history: singleSend },
    };
    const original = { ...history, events: history.events.slice(0, -1) };
    const text = section({ explanation, shrinking: { ...shrinking, originalHistory: original } });
    expect(
      [...text.matchAll(/data-view="(\w+)" aria-pressed="(\w+)"/gu)].map(([, id, pressed]) => [id, pressed]),
    ).toEqual([
      ['own', 'true'],
      ['found', 'false'],
      ['passing', 'false'],
    ]);
    const parts = [...text.matchAll(/class="(view|beside|below)[^"]*" data-scope="(\w+)"( hidden)?/gu)];
    expect(parts.map(([, part, id, hidden = '']) => `${part} ${id}${hidden}`)).toEqual([
      'view own',
      'view found hidden',
      'view passing hidden',
      'beside own',
      'below own',
      'below found hidden',
      'below passing hidden',
    ]);
    expect(text).toContain('<dt>needs</dt><dd>the latency (without it: 0 of 5 violate)</dd>');
  });

  test('the section of a counterexample leaves out the run as it was found if shrinking did not change it', () => {
    expect(section({ shrinking: { ...shrinking, originalHistory: history } })).not.toContain('data-scope="found"');
  });

  test('the section of a counterexample marks the rows that only the passing run has, and shows the final rows of that run', () => {
    const explanation = {
      ingredients: [],
      boundaries: [],
      nearestPassing: { words: 'without the latency', case: own, history: singleSend },
    };
    const [, drawn = '', below = ''] = section({ explanation }).split('data-scope="passing"');
    const marked = [...drawn.matchAll(/<title>([^<]*)<\/title><rect class="d-hit"[^>]*><rect class="d-changed"/gu)];
    expect(marked.map(([, title]) => title)).toEqual([
      expect.stringContaining('source go, status accepted'),
      expect.stringContaining('source go, status accepted'),
    ]);
    expect(below).toContain('528 ms, legacy app: log: go accepted');
    expect(below).not.toContain('SENT AGAIN');
  });

  test('the section of a counterexample calls a finding flaky if not every replay shows it', () => {
    expect(section({ confirmation: { tries: 5, violated: 5, histories: 1 } })).not.toContain('flaky');
    expect(section({ confirmation: { tries: 5, violated: 4, histories: 2 } })).toContain('flaky');
  });

  test('the section of a counterexample shows names of messages as text', () => {
    const hostile = `</script><img src=x onerror="alert(1)">\u202e`;
    const [finding] = doubleSendCounterexample.findings;
    if (finding === undefined) throw new RangeError('the counterexample has a finding');
    const text = section({ findings: [{ ...finding, message: hostile }] });
    expect(text).not.toContain('<img');
    expect(text.replace(/<script.*<\/script>/su, '')).not.toContain('\u202e');
    expect(text.match(/<\/script>/gu)).toHaveLength(1);
  });
});
