// Makes tables and blocks of code in Markdown.

/** A table. Cells are Markdown, except that bars in them are escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text as a block of code. */
export function codeBlock(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
