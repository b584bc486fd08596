// From a subject to the few rows worth showing, in the order of time.
import { withFaults } from './bitten-rows.ts';
import { callRows } from './call-rows.ts';
import { pointRows } from './point-rows.ts';
import { IMPORTANCE, type Row } from './row.ts';
import { sendRows } from './send-rows.ts';
import type { Subject } from './subject.ts';

/** The rows that tell what happened, at most `rowsMax`, and how many more there would have been. */
export function rowsOf(subject: Subject, rowsMax: number): { rows: Row[]; dropped: number } {
  const all = withFaults(subject, [...pointRows(subject), ...callRows(subject), ...sendRows(subject)]);
  const kept = takeMostImportant(all, rowsMax);
  return { rows: kept.toSorted(byTime), dropped: all.length - kept.length };
}

/** Where not all rows of one importance fit, the first and the last of them say more than those between. */
function takeMostImportant(rows: readonly Row[], rowsMax: number): Row[] {
  const kept: Row[] = [];
  for (const importance of Object.values(IMPORTANCE)) {
    const candidates = rows.filter((row) => importanceOf(row) === importance).toSorted(byTime);
    const free = rowsMax - kept.length;
    if (candidates.length > free) return [...kept, ...firstAndLast(candidates, free)];
    kept.push(...candidates);
  }
  return kept;
}

function importanceOf(row: Row): number {
  return row.witness ? IMPORTANCE.witness : row.importance;
}

function firstAndLast(rows: readonly Row[], count: number): Row[] {
  const tail = Math.floor(count / 2);
  return [...rows.slice(0, count - tail), ...(tail > 0 ? rows.slice(-tail) : [])];
}

function byTime(left: Row, right: Row): number {
  return left.timeMs - right.timeMs || left.seq - right.seq;
}
