// Generates the tables in ARCHITECTURE.md: the rooms from `ROOMS`, which the import test checks too, and the words from the glossary.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ARCHITECTURE_ENTRIES } from '../../guide/glossary.ts';
import { packageRoot } from '../../platform/compiled-module.ts';
import { ROOMS } from '../../rooms.ts';
import { markdownTable } from './markdown.ts';

/** ARCHITECTURE.md with the current tables. Throws if the comments that enclose a table are missing. */
export async function architecture(): Promise<string> {
  const text = await readFile(join(packageRoot, 'ARCHITECTURE.md'), 'utf8');
  return withTable('words', wordsTable(), withTable('rooms', roomsTable(), text));
}

/** The text with this table between the comments that enclose the table of that name. */
function withTable(name: string, table: string, text: string): string {
  const mark = `<!-- ${name}: made by \`npm run docs\` -->`;
  const begin = text.indexOf(mark);
  const end = text.indexOf(`<!-- end of ${name} -->`);
  if (begin === -1 || end < begin) throw new Error(`ARCHITECTURE.md: the marks of the table of ${name} are missing`);
  return `${text.slice(0, begin + mark.length)}\n\n${table}\n\n${text.slice(end)}`;
}

function wordsTable(): string {
  const rows = ARCHITECTURE_ENTRIES.map(({ id, summary }) => [id, summary]);
  return markdownTable(['word', 'meaning'], rows);
}

function roomsTable(): string {
  const rows = Object.entries(ROOMS).map(([room, { holds, may }]) => [
    `\`${room}\``,
    holds,
    may.length === 0 ? 'nothing' : importsOf(may),
  ]);
  return markdownTable(['room', 'what is in it', 'may import'], rows);
}

/** The allowed imports of a room; of a long list only the number. */
function importsOf(rooms: readonly string[]): string {
  return rooms.length > 6 ? `${rooms.length} rooms` : rooms.map((room) => `\`${room}\``).join(', ');
}
