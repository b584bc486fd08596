// A counterexample in a real browser: rows, findings and lists are highlighted together, by pointer and by keys.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useChromium } from './chromium.fixture.ts';
import { counterexampleOf, reportOf } from './report.fixture.ts';

const openReport = useChromium();

async function open(options: { width: number } = { width: 1_280 }): Promise<Page> {
  const counterexample = counterexampleOf({ id: 'S1-00000001', events: 60 });
  const { page } = await openReport(reportOf([counterexample]), { viewport: { width: options.width, height: 900 } });
  return page;
}

const lit = (page: Page): Promise<number> => page.locator('.drawing:visible .is-lit').count();

test('a row under the pointer is highlighted, and stays highlighted after a click', async () => {
  const page = await open();
  const row = page.locator('.drawing:visible .d-row').first();
  await row.hover();
  expect(await lit(page)).toBeGreaterThan(0);
  await page.locator('h3').first().hover();
  expect(await lit(page)).toBe(0);
  await row.click();
  await page.locator('h3').first().hover();
  expect(await lit(page)).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  expect(await lit(page)).toBe(0);
});

test('a click on a finding or a list entry highlights its rows, and the search fades the other rows', async () => {
  const page = await open();
  await page.locator('.finding [data-seq]').first().click();
  expect(await lit(page)).toBeGreaterThan(0);
  await page.locator('.events:visible summary').click();
  await page.locator('[data-search]:visible').fill('fallback');
  expect(await page.locator('.drawing:visible .is-missed').count()).toBeGreaterThan(0);
  await page.locator('[data-search]:visible').fill('');
  expect(await page.locator('.drawing:visible .is-missed').count()).toBe(0);
});

test('the arrow keys go from row to row, and announce each', async () => {
  const page = await open();
  await page.locator('.drawing:visible').focus();
  await page.keyboard.press('ArrowDown');
  const first = await page.locator('.toast').innerText();
  await page.keyboard.press('ArrowDown');
  expect(first).toMatch(/ ms, /u);
  expect(await page.locator('.toast').innerText()).not.toBe(first);
});

test('a button switches to the run as it was found', async () => {
  const page = await open();
  await page.locator('[data-view="found"]').click();
  expect(await page.locator('.view:visible').getAttribute('data-scope')).toBe('found');
  expect(await page.locator('[data-view="own"]').getAttribute('aria-pressed')).toBe('false');
});

test.each([400, 1_280])(
  'a click on a finding shows its row in the failing run, even if another run is drawn, %i pixels wide',
  async (width) => {
    const page = await open({ width });
    await page.locator('[data-view="passing"]').click();
    expect(await page.locator('.below:visible').getAttribute('data-scope')).toBe('passing');
    await page.locator('.finding [data-seq]').first().click();
    expect(await page.locator('.view:visible').getAttribute('data-scope')).toBe('own');
    expect(await page.locator('.below:visible').getAttribute('data-scope')).toBe('own');
    await expect.poll(() => page.locator('.drawing:visible .d-row.is-lit').first().boundingBox()).not.toBeNull();
    const box = await page.locator('.drawing:visible .d-row.is-lit').first().boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeLessThan(900);
  },
);

test.each([400, 1_280])('no label of a drawing overlaps another or is cut off, %i pixels wide', async (width) => {
  const page = await open({ width });
  const wrong = await page.locator('.drawing:visible svg').evaluateAll((drawings) =>
    drawings.flatMap((drawing) => {
      const bounds = drawing.getBoundingClientRect();
      const boxes = [...drawing.querySelectorAll('text')].map((text) => text.getBoundingClientRect());
      const cut = boxes.filter(({ left, right }) => left < bounds.left - 1 || right > bounds.right + 1);
      // Lines of text are closer together than the boxes of their letters, which have space for accents.
      const meeting = boxes.filter((one, index) =>
        boxes
          .slice(index + 1)
          .some(
            (other) =>
              one.left < other.right - 1 &&
              other.left < one.right - 1 &&
              one.top < other.bottom - 3 &&
              other.top < one.bottom - 3,
          ),
      );
      return [...cut, ...meeting].map(({ left, top }) => [left, top]);
    }),
  );
  expect(wrong).toEqual([]);
});
