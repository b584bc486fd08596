// Takes pictures of the page for people, in `reports/out/screens`, and checks that no label overlaps another or is cut off.
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useChromium } from './chromium.fixture.ts';
import { counterexampleOf, reportOf } from './report.fixture.ts';

const openReport = useChromium();

const LOOKS = ['light', 'dark', 'print'] as const;
const SIZES = [
  [5, 1280],
  [60, 1280],
  [200, 1280],
  [5, 400],
  [60, 400],
  [200, 400],
] as const;

/** The width in pixels of a sheet of A4 between its margins. */
const PAPER_PX = 690;

/** The overlap in pixels that is allowed: boxes can touch, and letters extend a little beyond their boxes. */
const TOUCHING_PX = 2;

/** Runs in the page: the visible texts with their boxes, and how wide the page is. */
const TEXTS = `(() => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const { parentElement: parent, textContent } = walker.currentNode;
    if (textContent.trim() === '' || parent.closest('.unseen, option, title, desc') || !parent.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const scrolls = parent.closest('.scroll, .timeline, [data-scrolls]') !== null;
    const frame = parent.closest('svg')?.getBoundingClientRect();
    for (const { left, right, top, bottom } of range.getClientRects()) {
      const isCut = frame !== undefined && (left < frame.left - 1 || right > frame.right + 1 || bottom > frame.bottom + 1);
      texts.push({ text: textContent.trim().slice(0, 60), left, right, top, bottom, isCut, scrolls });
    }
  }
  return { texts, width: document.documentElement.scrollWidth };
})()`;

interface Text {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Whether the text extends beyond its drawing. */
  readonly isCut: boolean;
  /** Whether the text is in a part that can be scrolled sideways. */
  readonly scrolls: boolean;
}

function overlaps(first: Text, second: Text): boolean {
  const across = Math.min(first.right, second.right) - Math.max(first.left, second.left);
  const down = Math.min(first.bottom, second.bottom) - Math.max(first.top, second.top);
  return across > TOUCHING_PX && down > TOUCHING_PX;
}

/** Compares each text, in the order of their tops, only with the next ones, because only these can overlap it. */
function overlapsAmong(texts: readonly Text[]): string[] {
  const sorted = texts.toSorted((left, right) => left.top - right.top);
  return sorted.flatMap((text, index) => {
    const found: string[] = [];
    for (const other of sorted.slice(index + 1)) {
      if (other.top >= text.bottom) break;
      if (overlaps(text, other)) found.push(`${text.text} / ${other.text}`);
    }
    return found;
  });
}

async function textsOf(page: Page): Promise<{ texts: Text[]; width: number }> {
  return page.evaluate(TEXTS);
}

describe.each(SIZES)('a counterexample of %i events, %i pixels wide', (events, width) => {
  test.each(LOOKS)(
    'the drawing of a counterexample has no label that overlaps another or is cut off, in %s',
    async (look) => {
      const colorScheme = look === 'dark' ? 'dark' : 'light';
      const report = reportOf([counterexampleOf({ id: 'S1-00000001', events })]);
      const isPaper = look === 'print';
      const columns = isPaper ? Math.max(width, PAPER_PX) : width;
      const { page, complaints } = await openReport(report, { colorScheme, viewport: { width: columns, height: 900 } });
      if (isPaper) await page.emulateMedia({ media: 'print' });
      const picture = new URL(`../out/screens/${events}-events-${columns}-${look}.png`, import.meta.url);
      await page.screenshot({ path: fileURLToPath(picture), fullPage: true });
      const { texts, width: reach } = await textsOf(page);
      expect(texts.length).toBeGreaterThan(100);
      expect(overlapsAmong(texts)).toEqual([]);
      expect(texts.filter(({ isCut, scrolls, right }) => isCut || (!scrolls && right > columns + 1))).toEqual([]);
      expect(reach).toBe(columns);
      expect(complaints).toEqual([]);
      expect((await page.locator('button:visible:not(.opens)').count()) === 0).toBe(isPaper);
    },
  );
});

test('labels that overlap are detected', () => {
  const text = { text: 'a', left: 0, right: 50, top: 0, bottom: 20, isCut: false, scrolls: false };
  expect(overlapsAmong([text, { ...text, text: 'b', top: 10, bottom: 30 }])).toEqual(['a / b']);
  expect(overlapsAmong([text, { ...text, left: 49 }, { ...text, top: 19, bottom: 30 }])).toEqual([]);
});
