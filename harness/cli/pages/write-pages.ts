// npm run docs: writes the pages of docs/ that are made by the code.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../platform/compiled-module.ts';
import { madePages } from './all-pages.ts';

for (const [name, text] of await madePages()) {
  await writeFile(join(packageRoot, 'docs', name), text);
  process.stdout.write(`docs/${name}\n`);
}
