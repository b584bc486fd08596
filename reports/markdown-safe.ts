// Text of a system in Markdown: any content stays text.
import { printable } from './wrap-text.ts';

/** On one line, with every character that Markdown or HTML could read otherwise as an entity: no mention, no link, no element. */
export function escapedMarkdown(text: string): string {
  return printable(text).replace(
    /[^\p{L}\p{N} ,;.']|(?<=\w)\.(?=\w)/gu,
    (character) => `&#${character.codePointAt(0)};`,
  );
}

/** The lines of a block of plain text. Its fence is longer than any row of backticks in the text. */
export function fencedText(text: string): string[] {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}text`, text, fence];
}
