// Tests the page of a counterexample in a browser: each control works, and axe finds no accessibility problem in any state.
import axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { useChromium } from '../../../reports/html/chromium.fixture.ts';
import { reportOf } from '../../../reports/html/report.fixture.ts';
import type { Counterexample } from '../../formats/counterexample.ts';
import { counterexampleOfMutant } from './counterexample-page.fixture.ts';

const openReport = useChromium();

let counterexample: Counterexample;
beforeAll(async () => {
  counterexample = await counterexampleOfMutant('M53');
});

async function open(): Promise<Page> {
  const { page } = await openReport(reportOf([counterexample]), { viewport: { width: 1_280, height: 900 } });
  await page.evaluate(`Object.defineProperty(navigator, 'clipboard', {
    value: { writeText: async (text) => { globalThis.copied = text; } },
  })`);
  return page;
}

/** The text of the visible drawing. */
async function drawn(page: Page): Promise<string> {
  return (await page.locator('.drawing:visible svg:not(.d-head)').textContent()) ?? '';
}

/** What axe finds in the counterexample. It runs by the browser's protocol, to which the page's content security policy does not apply. */
async function serious(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(
    `axe.run('details.counterexample').then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].target))`,
  );
}

async function press(button: Locator): Promise<void> {
  await button.focus();
  await button.press('Enter');
}

test('the buttons above the drawing show the run as it was found, the nearest run that passes, and the shrunk run again', async () => {
  const page = await open();
  const view = (name: string): Locator => page.locator(`[data-view="${name}"]`);
  const own = await drawn(page);
  expect(own).toContain('no answer in 500 ms');
  expect(await serious(page)).toEqual([]);
  await press(view('found'));
  expect(await drawn(page)).toContain('request of 3');
  expect(await page.locator('.view:visible > p').innerText()).toContain('3 messages');
  expect(await serious(page)).toEqual([]);
  await press(view('passing'));
  expect(await drawn(page)).toContain('answer: accepted');
  expect(await drawn(page)).not.toContain('no answer in 500 ms');
  expect(await page.locator('.drawing:visible .d-witness').count()).toBe(0);
  expect(await serious(page)).toEqual([]);
  await press(view('own'));
  expect(await drawn(page)).toBe(own);
});

test('the search of a page keeps the events that contain a text, fades the others in the drawing, and shows their number', async () => {
  const page = await open();
  const list = page.locator('details.events:visible');
  await press(list.locator('summary'));
  const all = await list.locator('li').count();
  await list.locator('input').fill('provider');
  expect(await list.locator('li:visible').allInnerTexts()).toEqual([
    expect.stringContaining('service to provider: send'),
  ]);
  expect(await list.locator('output').innerText()).toBe(`1 of ${all}`);
  const faded = await page.locator('.drawing:visible .is-missed').count();
  expect(faded).toBe((await page.locator('.drawing:visible .d-row').count()) - 1);
  await page.evaluate(`for (const part of document.querySelectorAll('.below:not([hidden]) details')) part.open = true`);
  expect(await serious(page)).toEqual([]);
  await list.locator('input').press('Escape');
  expect(await list.locator('li:visible').count()).toBe(all);
});

test('an event of the list is highlighted in the drawing, arrow keys move on from there, and Escape ends it', async () => {
  const page = await open();
  const lit = page.locator('.drawing:visible .d-row.is-lit');
  await press(page.locator('details.events:visible summary'));
  await press(page.locator('details.events:visible li button', { hasText: 'no answer in 500 ms' }));
  expect(await lit.textContent()).toContain('no answer in 500 ms');
  expect(await serious(page)).toEqual([]);
  await page.locator('.drawing:visible').press('ArrowDown');
  expect(await lit.textContent()).not.toContain('no answer in 500 ms');
  await page.keyboard.press('Escape');
  expect(await lit.count()).toBe(0);
});

test('the buttons of a page copy the story as text and as Mermaid, and the line that replays it', async () => {
  const page = await open();
  const copied = (): Promise<string> => page.evaluate('copied');
  for (const [title, words] of [
    ['As text', 'no answer in 500 ms'],
    ['As Mermaid', 'sequenceDiagram'],
  ] as const) {
    const part = page.locator('.below:visible details', { hasText: title });
    await press(part.locator('summary'));
    await press(part.locator('button'));
    await expect.poll(copied).toContain(words);
    expect(await copied()).toBe(await part.locator('pre').textContent());
  }
  await press(page.locator('.beside [data-copy]').first());
  await expect.poll(copied).toBe(`npx onesend replay ${counterexample.id}`);
});
