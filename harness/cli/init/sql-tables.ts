// Finds the tables and columns that SQL makes, by text: CREATE TABLE, and ALTER TABLE with ADD COLUMN.
import { blanked, closing, lineAt } from './source-text.ts';

/** A table as one statement of a source makes or extends it. */
export interface ReadTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** The line of the statement. */
  readonly line: number;
}

const COMMENT_OR_TEXT = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$\w*\$[\s\S]*?\$\w*\$/g;
const NAME = String.raw`((?:["\`]?[\w$]+["\`]?\.)?["\`]?[\w$]+["\`]?)`;
const CREATE = new RegExp(String.raw`\bCREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?${NAME}\s*\(`, 'gi');
const ALTER = new RegExp(String.raw`\bALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?${NAME}\s([^;]*)`, 'gi');
const ADDED = /\bADD\s+COLUMN\s+(?:IF\s+NOT\s+EXISTS\s+)?["`]?([\w$]+)/gi;

/** What the definition of a column does not begin with. */
const CONSTRAINT = /^(?:CHECK|CONSTRAINT|EXCLUDE|FOREIGN|INDEX|KEY|LIKE|PRIMARY|UNIQUE)$/i;

/** The tables of a source, one entry a statement. Their schema is left out if it is `public`. */
export function tablesInSql(source: string): ReadTable[] {
  const text = blanked(source, COMMENT_OR_TEXT);
  const created = [...text.matchAll(CREATE)].map(({ index, 0: whole, 1: name = '' }): ReadTable => {
    const from = index + whole.length;
    return {
      name: plain(name),
      columns: columnsIn(text.slice(from, closing(text, from, ['(', ')']))),
      line: lineAt(text, index),
    };
  });
  const extended = [...text.matchAll(ALTER)].map(({ index, 1: name = '', 2: actions = '' }): ReadTable => ({
    name: plain(name),
    columns: [...actions.matchAll(ADDED)].map(([, column = '']) => column),
    line: lineAt(text, index),
  }));
  return [...created, ...extended];
}

/** The first word of each definition between commas outside of brackets. */
function columnsIn(body: string): string[] {
  return innermostRemoved(body)
    .split(',')
    .flatMap((definition) => /^\s*["`]?([\w$]+)["`]?\s/.exec(`${definition} `)?.[1] ?? [])
    .filter((word) => !CONSTRAINT.test(word));
}

function innermostRemoved(text: string): string {
  const shorter = text.replaceAll(/\([^()]*\)/g, '');
  return shorter === text ? text : innermostRemoved(shorter);
}

function plain(name: string): string {
  return name.replaceAll(/["`]/g, '').replace(/^public\./, '');
}
