// The page in a real browser: it opens from disk, makes no request, and all its controls work.
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { passingResult } from '../result.fixture.ts';
import { useChromium } from './chromium.fixture.ts';
import { counterexampleOf, largestReport, reportOf } from './report.fixture.ts';
import type { Report } from './report.ts';

const openReport = useChromium();

const HOSTILE = `</script><img src=x onerror="alert(1)"><b>\u202Egnp.exe\u2066${'name '.repeat(2_000)}`;

const few = reportOf([
  counterexampleOf({ id: 'S1-00000001', events: 12 }),
  counterexampleOf({ id: 'S1-00000002', events: 60, message: 'another sentence' }),
  { ...counterexampleOf({ id: 'S1-00000003', events: 5 }), lane: 'sim' },
]);
const passing: Report = {
  result: passingResult,
  counterexamples: [],
  replayLine: () => '',
  bisectLine: () => undefined,
};

/** The ids of the visible counterexamples. */
function shown(page: Page): Promise<string[]> {
  return page.locator('details.counterexample:visible').evaluateAll((found) => found.map(({ id }) => id));
}

test.each([
  ['a violation', few],
  ['a pass', passing],
  ['the largest report', largestReport()],
])('%s opens from disk without an error and without a request', async (_, report) => {
  const { page, complaints } = await openReport(report);
  await page.locator('main').waitFor();
  expect(complaints).toEqual([]);
});

test('the policy of the page refuses a foreign script, style, picture and request', async () => {
  const { page } = await openReport(passing);
  await page.evaluate(`{
    globalThis.refused = [];
    document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'document.title = "ran"';
    const picture = new Image();
    picture.src = 'http://127.0.0.1:9/x.png';
    document.body.append(script, picture);
    document.body.setAttribute('style', 'color: red');
    fetch('http://127.0.0.1:9/').catch(() => undefined);
  }`);
  const all = ['connect-src', 'img-src', 'script-src-elem', 'style-src-attr'];
  await expect.poll(() => page.evaluate('[...refused].sort()')).toEqual(all);
  expect(await page.title()).not.toBe('ran');
});

test('hostile names and texts are shown as text, in a real browser', async () => {
  const report = reportOf([counterexampleOf({ id: 'S1-00000001', events: 12, message: HOSTILE })]);
  const result = { ...report.result, system: { name: HOSTILE, sha256: HOSTILE }, versions: { [HOSTILE]: HOSTILE } };
  const { page, complaints } = await openReport({ ...report, result }, { viewport: { width: 400, height: 800 } });
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.locator('.verdict').innerText()).toContain('</script><img src=x onerror="alert(1)"><b>\\u202egnp');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
  expect(complaints).toEqual([]);
});

test('a table that is wider than the screen has a shadow at the edge behind which there is more', async () => {
  const { page } = await openReport(passing, { viewport: { width: 400, height: 800 } });
  const scroller = page.locator('.scroll').first();
  await page.evaluate("document.querySelector('.scroll').scrollIntoView()");
  const box = await scroller.boundingBox();
  if (box === null) throw new RangeError('the table is visible');
  // The topmost pixels of both edges, where no text is.
  const edge = (x: number): Promise<Buffer> => page.screenshot({ clip: { x, y: box.y, width: 2, height: 2 } });
  const [left, right] = [(): Promise<Buffer> => edge(box.x), (): Promise<Buffer> => edge(box.x + box.width - 2)];
  const [plain, shadow] = [await left(), await right()];
  expect(plain.equals(shadow)).toBe(false);
  await page.evaluate("document.querySelector('.scroll').scrollLeft = 9999");
  expect((await left()).equals(plain)).toBe(false);
  expect((await right()).equals(plain)).toBe(true);
});

test('the button and the key t switch between light and dark', async () => {
  const { page } = await openReport(passing, { colorScheme: 'dark' });
  const button = page.locator('[data-action="theme"]');
  const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const dark = await ground();
  expect(await button.innerText()).toBe('Light');
  await button.click();
  const light = await ground();
  expect(light).not.toBe(dark);
  expect(await button.innerText()).toBe('Dark');
  await page.keyboard.press('t');
  expect(await ground()).toBe(dark);
});

test('the links to all sections are visible on a phone', async () => {
  const { page } = await openReport(few, { viewport: { width: 400, height: 800 } });
  const links = await page.locator('.bar a').all();
  expect(links.length).toBeGreaterThan(5);
  for (const link of links) {
    const box = await link.boundingBox();
    expect(box === null ? Number.POSITIVE_INFINITY : box.x + box.width).toBeLessThanOrEqual(400);
  }
});

test('counterexamples are filtered by text, property, mode and lane, and the page says how many are shown', async () => {
  const { page } = await openReport(few);
  const form = page.locator('form[data-filters="counterexamples"]');
  await form.locator('input').fill('00000002');
  expect(await shown(page)).toEqual(['S1-00000002']);
  expect(await form.locator('output').innerText()).toBe('1 of 3 shown');
  await form.locator('input').fill('');
  await form.locator('[name="lane"]').selectOption('live');
  expect(await shown(page)).toHaveLength(3);
  await form.locator('[name="mode"]').selectOption('OFF');
  expect(await shown(page)).toEqual([]);
  await form.locator('[name="mode"]').selectOption('ON');
  await form.locator('[name="property"]').selectOption('S1');
  expect(await shown(page)).toHaveLength(3);
});

test('two buttons open and close all counterexamples, and a link opens its counterexample', async () => {
  const { page } = await openReport(few);
  const open = page.locator('details.counterexample[open]');
  expect(await open.count()).toBe(1);
  await page.locator('[data-action="open-all"]').click();
  expect(await open.count()).toBe(3);
  await page.locator('[data-action="close-all"]').click();
  expect(await open.count()).toBe(0);
  await page.locator('.answers a').click();
  expect(await open.evaluateAll((found) => found.map(({ id }) => id))).toEqual(['S1-00000001']);
});

test('the coverage is filtered by state and text, and a row opens to show its faults', async () => {
  const { page } = await openReport(few);
  const form = page.locator('form[data-filters="coverage"]');
  const rows = page.locator('tbody > tr[data-state]:visible');
  await form.locator('[name="state"]').selectOption('VIOLATED');
  expect(await rows.locator('th').allInnerTexts()).toEqual(['S1 AtMostOnce']);
  const row = rows.locator('button');
  const inner = page.locator('#faults-live-S1');
  expect(await inner.isVisible()).toBe(false);
  await row.click();
  expect(await inner.isVisible()).toBe(true);
  expect(await inner.getByRole('row', { name: 'latency downstream' }).innerText()).toContain('VIOLATED 3 / 9');
  await form.locator('[name="state"]').selectOption('NOT OBSERVED');
  expect(await rows.locator('th').allInnerTexts()).toEqual(['S21 LogEvidence']);
  expect(await inner.isVisible()).toBe(false);
  await form.locator('[name="state"]').selectOption('');
  await form.locator('input').fill('quota');
  expect(await rows.locator('th').allInnerTexts()).toEqual(['S9 QuotaOnce']);
});

test('a button copies its command, or selects it if the browser refuses the clipboard', async () => {
  const { page } = await openReport(few);
  const button = page.locator('.answers [data-copy]');
  await button.click();
  const toast = page.locator('.toast');
  await expect.poll(() => toast.innerText()).toMatch(/^(Copied|Selected: .*)$/u);
  await page.evaluate(
    `Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject() } })`,
  );
  await button.click();
  await expect.poll(() => toast.innerText()).toMatch(/^Selected: /u);
  expect(await page.evaluate('String(getSelection())')).toBe(await button.getAttribute('data-copy'));
});

test('the bisect command of a counterexample has its own copy button', async () => {
  const { page } = await openReport(few);
  await page.evaluate(`Object.defineProperty(navigator, 'clipboard', {
    value: { writeText: async (text) => { globalThis.copied = text; } },
  })`);
  const buttons = page.locator('#S1-00000001 .beside [data-copy]');
  for (const [index, command] of ['replay', 'bisect'].entries()) {
    await buttons.nth(index).click();
    await expect.poll(() => page.evaluate('copied')).toMatch(new RegExp(`^npx onesend ${command} .*S1-00000001`, 'u'));
  }
});

test('the keyboard reaches the content, the search and each counterexample', async () => {
  const { page } = await openReport(few);
  const focused = (expression: string): Promise<string> => page.evaluate(`document.activeElement${expression}`);
  await page.keyboard.press('Tab');
  expect(await focused('.textContent')).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await focused('.id')).toBe('main');
  await page.keyboard.press('/');
  expect(await focused('.type')).toBe('search');
  await page.keyboard.type('tjk');
  expect(await focused('.value')).toBe('tjk');
  expect(await shown(page)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await shown(page)).toHaveLength(3);
  await page.keyboard.press('j');
  expect(await focused('.parentElement.id')).toBe('S1-00000001');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  expect(await page.locator('#S1-00000002').getAttribute('open')).toBe('');
  await page.keyboard.press('k');
  expect(await focused('.parentElement.id')).toBe('S1-00000001');
});

/** axe is evaluated over the DevTools protocol, to which the page's policy does not apply. So the policy stays in force. */
test.each(['light', 'dark'] as const)(
  'the page has no serious violation according to axe, in %s',
  async (colorScheme) => {
    const { page } = await openReport(few, { colorScheme });
    await page.locator('[data-action="open-all"]').click();
    await page.locator('.opens').first().click();
    await page.evaluate(axe.source);
    const violations: { id: string; impact: string; nodes: { target: string[] }[] }[] = await page.evaluate(
      'axe.run().then(({ violations }) => violations)',
    );
    expect(violations.map(({ id, impact, nodes }) => `${impact} ${id} ${nodes[0]?.target.join(' ')}`)).toEqual([]);
  },
);
