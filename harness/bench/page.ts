// The benchmark of the report's page: its size, the time to make it, and the time that a browser takes to open it, for the largest report
// that is expected and for one with a single counterexample.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../reports/html/launch-chromium.fixture.ts';
import { renderPage } from '../../reports/html/page.ts';
import type { Report } from '../../reports/html/report.ts';
import { counterexampleOf, largestReport, reportOf } from '../../reports/html/report.fixture.ts';

const OPENINGS = 7;

/** Prints a line for each report. */
export async function benchPage(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-bench-page-'));
  const browser = await launchChromium();
  try {
    const small = reportOf([counterexampleOf({ id: 'S1-00000001', events: 12 })]);
    await measure('one counterexample', small, { browser, folder });
    await measure('a million runs on each lane, 50 counterexamples', largestReport(), { browser, folder });
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

async function measure(name: string, report: Report, place: { browser: Browser; folder: string }): Promise<void> {
  const began = performance.now();
  const html = renderPage(report);
  const rendered = performance.now() - began;
  const path = join(place.folder, 'index.html');
  await writeFile(path, html);
  const openings: number[] = [];
  for (let round = 0; round < OPENINGS; round += 1) {
    const page = await place.browser.newPage();
    const start = performance.now();
    await page.goto(pathToFileURL(path).href, { waitUntil: 'load' });
    // Resolves when the first frame is on the screen.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    openings.push(performance.now() - start);
    await page.close();
  }
  const median = openings.toSorted((a, b) => a - b)[Math.floor(OPENINGS / 2)] ?? 0;
  const size = `${(Buffer.byteLength(html) / 1e6).toFixed(2)} MB`;
  process.stdout.write(
    `page, ${name}: ${size}, made in ${rendered.toFixed(0)} ms, opened in ${median.toFixed(0)} ms\n`,
  );
}
