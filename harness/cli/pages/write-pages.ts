// npm run docs: writes the generated pages, and prints their paths.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../platform/compiled-module.ts';
import { madePages } from './all-pages.ts';

for (const [name, text] of await madePages()) {
  await writeFile(join(packageRoot, name), text);
  process.stdout.write(`${name}\n`);
}
