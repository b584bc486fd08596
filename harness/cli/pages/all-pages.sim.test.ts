// Checks that the generated pages of docs/ are up to date.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../platform/compiled-module.ts';
import { madePages } from './all-pages.ts';

const PAGES = await madePages();

test.each([...PAGES])('%s is what `npm run docs` writes', (name, text) => {
  expect(readFileSync(join(packageRoot, name), 'utf8')).toBe(text);
});

test.each(['docs/documents.md', 'docs/system-fields.md'])('%s says of every field what it means', (page) => {
  const rows = (PAGES.get(page) ?? '').split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).not.toEqual([]);
  expect(rows.filter((row) => row.endsWith('|  |'))).toEqual([]);
});
