// Escapes text from a system for Markdown, so that it is always shown as text.
import { printable } from './wrap-text.ts';

/** The text on one line. Every character that could start Markdown, HTML, a link or a mention is an entity. */
export function escapedMarkdown(text: string): string {
  return printable(text).replace(
    /[^\p{L}\p{N} ,;.']|(?<=\w)\.(?=\w)/gu,
    (character) => `&#${character.codePointAt(0)};`,
  );
}

/** The lines of a fenced block with the text. The fence is longer than any sequence of backticks in the text. */
export function fencedText(text: string): string[] {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}text`, text, fence];
}
