// An explanation on a terminal: what the violation needs, which times decide it, and where the nearest run that passes differs.
import type { Explanation } from '../harness/formats/explanation.ts';
import type { Palette } from './colors.ts';
import { type ExplanationRow, explanationRows } from './explanation-words.ts';
import { wrapText } from './wrap-text.ts';

/** The width of the column of terms. */
const TERM_COLUMNS = 15;

/** At most this many rows of one term are shown. */
const ROWS_MAX = 4;

/** The lines, at most two per row; the last line counts the rows left out. */
export function explanationLines(
  explanation: Explanation,
  { paint, columns }: { readonly paint: Palette; readonly columns: number },
): string[] {
  const counts = new Map<ExplanationRow['term'], number>();
  const lines = explanationRows(explanation).flatMap(({ term, text }) => {
    const before = counts.get(term) ?? 0;
    counts.set(term, before + 1);
    if (before >= ROWS_MAX) return [];
    return wrapText(text, { columns: columns - TERM_COLUMNS - 1, lines: 2 }).map((line, index) => {
      const shown = index === 0 && before === 0 ? term : '';
      return `${paint.quiet(shown.padEnd(TERM_COLUMNS))} ${line}`;
    });
  });
  const left = [...counts.values()].reduce((sum, count) => sum + Math.max(0, count - ROWS_MAX), 0);
  return left === 0 ? lines : [...lines, `${' '.repeat(TERM_COLUMNS)} and ${left} more, see its file`];
}
