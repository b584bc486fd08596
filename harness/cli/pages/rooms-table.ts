// Generates the table of rooms in ARCHITECTURE.md from `ROOMS`, which the import test checks too.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../platform/compiled-module.ts';
import { ROOMS } from '../../rooms.ts';
import { markdownTable } from './markdown.ts';

const BEGIN = '<!-- rooms: made by `npm run docs` -->';
const END = '<!-- end of rooms -->';

/** ARCHITECTURE.md with the current table. Throws if the comments that enclose the table are missing. */
export async function architectureWithRooms(): Promise<string> {
  const text = await readFile(join(packageRoot, 'ARCHITECTURE.md'), 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin === -1 || end < begin) throw new Error('ARCHITECTURE.md: the marks of the table of rooms are missing');
  return `${text.slice(0, begin + BEGIN.length)}\n\n${roomsTable()}\n\n${text.slice(end)}`;
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
