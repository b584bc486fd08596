// The pages of docs/ that are made by the code are as the code makes them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../platform/compiled-module.ts';
import { madePages } from './all-pages.ts';

const PAGES = await madePages();

test.each([...PAGES])('%s is as `npm run docs` makes it', (name, text) => {
  expect(readFileSync(join(packageRoot, name), 'utf8')).toBe(text);
});

test('no field of a document is without a meaning on its page', () => {
  const rows = (PAGES.get('docs/documents.md') ?? '').split('\n').filter((line) => line.startsWith('| `'));
  expect(rows.filter((row) => row.endsWith('|  |'))).toEqual([]);
});
