// Debian's chromium, driven over its own protocol. Nothing is downloaded.
import { type Browser, chromium } from 'playwright-core';

/** The program that is started. */
export const CHROMIUM = process.env['ONESEND_CHROMIUM'] ?? '/usr/bin/chromium';

/** Starts a browser without a window. It does not sandbox its processes where root starts it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
