// The readings by which a system was judged, as the last lines of a report on a terminal.
import type { Palette } from './colors.ts';
import { wrapText } from './wrap-text.ts';

/** Lines with all readings; none if there are no readings. */
export function readingLines(
  readings: Readonly<Record<string, string>>,
  { paint, columns }: { readonly paint: Palette; readonly columns: number },
): string[] {
  const words = Object.entries(readings).map(([name, value]) => `${name}=${value}`);
  if (words.length === 0) return [];
  const lines = wrapText(words.join(' '), { columns: columns - 12, lines: words.length });
  return lines.map((line, index) => `${index === 0 ? paint.quiet('readings:  ') : '           '} ${line}`);
}
