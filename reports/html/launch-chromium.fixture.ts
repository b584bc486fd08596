// Starts Debian's chromium and controls it over the DevTools protocol. Nothing is downloaded.
import { type Browser, chromium } from 'playwright-core';

/** The path of the browser. */
export const CHROMIUM = process.env['ONESEND_CHROMIUM'] ?? '/usr/bin/chromium';

/** Starts a browser without a window. Under root it runs without its sandbox, which root cannot use. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
