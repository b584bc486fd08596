// Converts between a command line as a person writes it and the list of words in a description. Quotes keep spaces; no other character is
// special, unlike in a shell.

/** Splits a command line into its words. */
export function splitCommand(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/g)].map(([word, double, single]) => double ?? single ?? word);
}

/** Joins words to a command line, quoted so that `splitCommand` returns them again. */
export function joinCommand(words: readonly string[]): string {
  return words
    .map((word) => (/^[^\s"']+$/.test(word) ? word : word.includes('"') ? `'${word}'` : `"${word}"`))
    .join(' ');
}
