import { describe, expect, test } from 'vitest';
import type { DemoDocument } from '../demo.ts';
import { doubleSendCounterexample, singleSend } from '../history.fixture.ts';
import { renderDemoPage } from './demo-page.ts';

const HOSTILE = `</script><img src=x onerror="alert(1)">\u202e`;
const { history, findings } = doubleSendCounterexample;
const demo: DemoDocument = {
  headline: 'one message, a slow answer',
  sides: [
    { title: 'left system', history, findings },
    { title: 'right system', history: singleSend, findings: [] },
  ],
};
const page = renderDemoPage(demo, { version: '1.2.3' });

/** The first group of each match in the page. */
function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

describe('the page of the demo', () => {
  test('the page of the demo says what happened in both systems, and the outcome of the message in each', () => {
    expect(all(page, /<h1 id="verdict">(.*?)<\/h1>/gu)).toEqual(['one message, a slow answer']);
    expect(all(page, /<dd><a href="#run-\d">(.*?)<\/a>/gu)).toEqual(['1 message, sent TWICE', '1 message, sent once']);
    expect(all(page, /<h3>(.*?)<\/h3>/gu)).toEqual([
      'left system: Message spring#1 was sent twice: by the service at 34 ms and by the legacy app at 529 ms',
      'right system: 1 message, sent once',
    ]);
  });

  test('the page of the demo draws both runs for a screen and for a phone, open, the one that violates with its finding', () => {
    expect(page.match(/<svg class="d"/gu)).toHaveLength(4);
    expect(page.match(/<details class="counterexample" id="run-\d" open>/gu)).toHaveLength(2);
    expect(page.match(/<h4>S1 AtMostOnce<\/h4>/gu)).toHaveLength(1);
    expect(page.match(/<summary>As Mermaid<\/summary>/gu)).toHaveLength(2);
  });

  test('the page of the demo leads every link to an existing element, once, and loads nothing from other hosts', () => {
    const ids = all(page, /\sid="([^"]*)"/gu);
    expect(new Set(ids).size).toBe(ids.length);
    expect(all(page, /(?:href="#|aria-labelledby=")([^"]*)"/gu).filter((target) => !ids.includes(target))).toEqual([]);
    expect(page).toContain('http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;');
    expect(page).not.toMatch(/https?:\/\//u);
  });

  test('the page of the demo is good only if no message was sent twice and there is no finding', () => {
    expect(all(page, /<section class="first (\w+)"/gu)).toEqual(['bad']);
    const [, right] = demo.sides;
    const good = renderDemoPage({ ...demo, sides: [right, right] }, { version: '' });
    expect(all(good, /<section class="first (\w+)"/gu)).toEqual(['good']);
  });

  test('the page of the demo shows hostile names as text', () => {
    const [left, right] = demo.sides;
    const text = renderDemoPage({ headline: HOSTILE, sides: [{ ...left, title: HOSTILE }, right] }, { version: '' });
    expect(text).not.toMatch(/<img|\u202e/u);
  });
});
