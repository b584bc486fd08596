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

test('every field of a document has a meaning on its page', () => {
  const rows = (PAGES.get('docs/documents.md') ?? '').split('\n').filter((line) => line.startsWith('| `'));
  expect(rows.filter((row) => row.endsWith('|  |'))).toEqual([]);
});
