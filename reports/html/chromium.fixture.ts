// A page of the report in a real browser: Debian's chromium, driven over its own protocol. Nothing is downloaded.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { renderPage } from './page.ts';
import type { Report } from './report.ts';

const PROGRAM = process.env['ONESEND_CHROMIUM'] ?? '/usr/bin/chromium';

/** A page that was opened from disk, and what its browser has complained of. */
export interface Opened {
  readonly page: Page;
  /** Errors of scripts, lines on the console, violations of the policy, dialogs, and requests for anything but the page itself. */
  readonly complaints: readonly string[];
}

/** Opens a report. The page is closed after the tests of the file. */
export type OpenReport = (report: Report, options?: BrowserContextOptions) => Promise<Opened>;

/** Starts one browser for the tests of a file. Where there is none they are skipped, but in CI, where they fail. */
export function useChromium(): OpenReport {
  let browser: Browser | undefined;
  let folder = '';
  beforeAll(async () => {
    if (!existsSync(PROGRAM) && process.env['CI'] !== 'true') return;
    folder = await mkdtemp(join(tmpdir(), 'onesend-page-'));
    // A browser does not sandbox its processes where root starts it.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath: PROGRAM, args });
  });
  beforeEach((context) => {
    if (browser === undefined) context.skip(`there is no ${PROGRAM}; ONESEND_CHROMIUM names another`);
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
  // A violation of the policy is an error on the console.
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
