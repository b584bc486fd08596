// The readings that a system was judged by, as the last lines of a report on a terminal.
import type { Palette } from './colors.ts';
import { wrapText } from './wrap-text.ts';

/** The lines with all readings; none for a report that has none. */
export function readingLines(
  readings: Readonly<Record<string, string>>,
  { paint, columns }: { readonly paint: Palette; readonly columns: number },
): string[] {
  const words = Object.entries(readings).map(([name, value]) => `${name}=${value}`);
  if (words.length === 0) return [];
  const lines = wrapText(words.join(' '), { columns: columns - 12, lines: words.length });
  return lines.map((line, index) => `${index === 0 ? paint.quiet('readings:  ') : '           '} ${line}`);
}
