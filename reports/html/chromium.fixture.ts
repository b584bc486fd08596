// A page of the report in a real browser, with the errors that the browser reports.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { CHROMIUM, launchChromium } from './launch-chromium.fixture.ts';
import { renderPage } from './page.ts';
import type { Report } from './report.ts';

/** A page that was opened from disk, with the errors that its browser reported. */
export interface Opened {
  readonly page: Page;
  /** Errors of scripts, lines on the console, violations of the policy, dialogs, and requests for anything but the page itself. */
  readonly complaints: readonly string[];
}

/** Opens a report. All pages are closed after the tests of the file. */
export type OpenReport = (report: Report, options?: BrowserContextOptions) => Promise<Opened>;

/** Starts one browser for the tests of a file. Without chromium the tests are skipped; in CI they fail. */
export function useChromium(): OpenReport {
  let browser: Browser | undefined;
  let folder = '';
  beforeAll(async () => {
    if (!existsSync(CHROMIUM) && process.env['CI'] !== 'true') return;
    folder = await mkdtemp(join(tmpdir(), 'onesend-page-'));
    browser = await launchChromium();
  });
  beforeEach((context) => {
    if (browser === undefined) context.skip(`there is no ${CHROMIUM}; ONESEND_CHROMIUM names another`);
  });
  afterAll(async () => {
    await browser?.close();
    if (folder !== '') await rm(folder, { recursive: true });
  });
  let number = 0;
  return async (report, options = {}) => {
    if (browser === undefined) throw new Error('the browser did not start');
    const path = join(folder, `${(number += 1)}.html`);
    await writeFile(path, renderPage(report));
    const page = await (await browser.newContext(options)).newPage();
    const complaints = complaintsOf(page, pathToFileURL(path).href);
    await page.goto(pathToFileURL(path).href);
    return { page, complaints };
  };
}

function complaintsOf(page: Page, url: string): string[] {
  const complaints: string[] = [];
  // The browser reports a violation of the policy as an error on the console.
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== url) complaints.push(`request: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return complaints;
}
