import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packageRoot } from '../platform/compiled-module.ts';
import { CHECK_STEPS } from './check.ts';

test('docs/systems.md explains each step of `check` in the words of the code', () => {
  const page = readFileSync(`${packageRoot}/docs/systems.md`, 'utf8').replace(/ +/g, ' ');
  for (const [step, what] of Object.entries(CHECK_STEPS)) expect(page).toContain(`| \`${step}\` | ${what} |`);
});
