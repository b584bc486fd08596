// Selects the most important lines of a story, in the order of the story.
import { IMPORTANCES, inStoryOrder, type Story } from '../../harness/history/story/story.ts';
import { type TimelineRow, rowsOfElement } from './row.ts';

/** At most `rowsMax` lines, and the number of lines left out. */
export function rowsOf(story: Story, rowsMax: number): { rows: TimelineRow[]; dropped: number } {
  const all = story.elements
    .filter(({ importance }) => importance !== 'background')
    .flatMap((element) => rowsOfElement(element, story))
    .toSorted(inStoryOrder);
  const kept = takeMostImportant(all, rowsMax);
  return { rows: all.filter((row) => kept.has(row)), dropped: all.length - kept.size };
}

/** Selects rows by importance. If not all rows of one importance fit, it takes the first and the last of them, which say more. */
function takeMostImportant(rows: readonly TimelineRow[], rowsMax: number): ReadonlySet<TimelineRow> {
  const kept = new Set<TimelineRow>();
  for (const importance of IMPORTANCES) {
    const candidates = rows.filter((row) => row.importance === importance);
    for (const row of firstAndLast(candidates, rowsMax - kept.size)) kept.add(row);
  }
  return kept;
}

function firstAndLast(rows: readonly TimelineRow[], count: number): readonly TimelineRow[] {
  if (rows.length <= count) return rows;
  const tail = Math.floor(count / 2);
  return [...rows.slice(0, count - tail), ...(tail > 0 ? rows.slice(-tail) : [])];
}
