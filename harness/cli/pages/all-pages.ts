// The generated pages of docs/: `npm run docs` writes them, and a test compares the stored ones with them.
import { documentsPage } from './documents-page.ts';
import { flagsPage } from './flags-page.ts';
import { GUIDE_ONLY_PAGES } from './guide-pages.ts';
import { propertyPage } from './property-page.ts';
import { architectureWithRooms } from './rooms-table.ts';

const MADE_BY = '<!-- Made by `npm run docs`: change what it is made of, not this file. -->';

/** The text of each generated page by its path within the package. */
export async function madePages(): Promise<ReadonlyMap<string, string>> {
  const pages = {
    ...GUIDE_ONLY_PAGES,
    flags: flagsPage(),
    properties: await propertyPage(),
    documents: await documentsPage(),
  };
  return new Map([
    ...Object.entries(pages).map(([name, text]): [string, string] => [`docs/${name}.md`, `${MADE_BY}\n\n${text}\n`]),
    ['ARCHITECTURE.md', await architectureWithRooms()],
  ]);
}
