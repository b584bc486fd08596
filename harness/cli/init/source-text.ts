// Reads parts of sources by text: where a bracket closes, on which line a place is, and what is left without comments.

/** The index of the bracket that closes the one before `from`, or the end of the text. It counts every bracket of this pair. */
export function closing(text: string, from: number, [opens, closes]: readonly [string, string] = ['{', '}']): number {
  let depth = 1;
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === opens) depth += 1;
    else if (text[index] === closes) depth -= 1;
    if (depth === 0) return index;
  }
  return text.length;
}

/** The number of the line of an index, from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** The text with blanks instead of what the pattern matches; other characters keep their places. A match with a first group is kept. */
export function blanked(text: string, pattern: RegExp): string {
  return text.replaceAll(pattern, (match: string, kept: unknown) =>
    typeof kept === 'string' ? match : match.replaceAll(/[^\n]/g, ' '),
  );
}
