// Makes any text safe and short enough for a line of a terminal. Text from a system can contain line breaks and escape sequences.

/** The text with control characters and line breaks replaced by spaces, so that it cannot move the cursor or change colours. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- the expression is meant to match control characters
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, ' ');
}

/** The text in ASCII: any other character becomes an escape as in JSON, such as `\u00e9`. */
export function asciiOf(text: string): string {
  return text.replace(/\P{ASCII}/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** The text on one line of at most `columns` characters; a text that is cut off ends in `..`. */
export function fitLine(text: string, columns: number): string {
  const line = printable(text);
  if (line.length <= columns) return line;
  return columns <= 2 ? line.slice(0, Math.max(columns, 0)) : `${line.slice(0, columns - 2)}..`;
}

/** Breaks the text between words into at most `lines` lines of at most `columns` characters; the last one is cut off if needed. */
export function wrapText(text: string, { columns, lines }: { columns: number; lines: number }): string[] {
  const words = printable(text)
    .split(' ')
    .filter((word) => word !== '');
  const wrapped: string[] = [];
  let line = '';
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= columns) line = longer;
    else if (wrapped.length === lines - 1)
      return [...wrapped, fitLine([line, ...words.slice(index)].join(' ').trim(), columns)];
    else {
      if (line !== '') wrapped.push(line);
      line = fitLine(word, columns);
    }
  }
  return line === '' ? wrapped : [...wrapped, line];
}

/** Breaks the text between words into lines of at most `columns` characters. Nothing is cut off: a longer word, such as a path, has a line. */
export function wrapWhole(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of printable(text).split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
