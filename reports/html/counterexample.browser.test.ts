// A counterexample in a real browser: rows, findings and lists point at each other, by pointer and by keys.
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

test('a row that is pointed at is marked, and stays so once it is clicked', async () => {
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

test('a finding and the list of events lead to their rows, and the search fades the others', async () => {
  const page = await open();
  await page.locator('.finding [data-seq]').first().click();
  expect(await lit(page)).toBeGreaterThan(0);
  await page.locator('.events:visible summary').click();
  await page.locator('[data-search]:visible').fill('fallback');
  expect(await page.locator('.drawing:visible .is-missed').count()).toBeGreaterThan(0);
  await page.locator('[data-search]:visible').fill('');
  expect(await page.locator('.drawing:visible .is-missed').count()).toBe(0);
});

test('the arrow keys go from row to row, and say each aloud', async () => {
  const page = await open();
  await page.locator('.drawing:visible').focus();
  await page.keyboard.press('ArrowDown');
  const first = await page.locator('.toast').innerText();
  await page.keyboard.press('ArrowDown');
  expect(first).toMatch(/ ms, /u);
  expect(await page.locator('.toast').innerText()).not.toBe(first);
});

test('a button shows the run as it was found instead', async () => {
  const page = await open();
  await page.locator('[data-view="found"]').click();
  expect(await page.locator('.view:visible').getAttribute('data-scope')).toBe('found');
  expect(await page.locator('[data-view="own"]').getAttribute('aria-pressed')).toBe('false');
});

test.each([400, 1_280])(
  'a finding leads to its row in the run that fails, whichever run is drawn, %i pixels wide',
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

test.each([400, 1_280])('no label of a drawing meets another or is cut, %i pixels wide', async (width) => {
  const page = await open({ width });
  const wrong = await page.locator('.drawing:visible svg').evaluateAll((drawings) =>
    drawings.flatMap((drawing) => {
      const bounds = drawing.getBoundingClientRect();
      const boxes = [...drawing.querySelectorAll('text')].map((text) => text.getBoundingClientRect());
      const cut = boxes.filter(({ left, right }) => left < bounds.left - 1 || right > bounds.right + 1);
      // Lines of words stand closer than the boxes of their letters, which have room for accents.
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
