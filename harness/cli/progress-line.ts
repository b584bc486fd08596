// Renders the progress of a certification as one line.
import { countOf, grouped } from '../history/counted-words.ts';
import type { Progress } from '../runner/search.ts';

/** For example `live: 120 of 240 runs, 0 findings, 21 s`, or `sim: shrinking a run that breaks S1: 12 candidates tried, 3 s`. */
export function progressLine({ phase, lane, done, planned, violations, elapsedMs, subject }: Progress): string {
  const seconds = `${Math.round(elapsedMs / 1_000)} s`;
  if (phase === 'search')
    return `${lane}: ${grouped(done)} of ${grouped(planned)} runs, ${countOf(violations, 'finding')}, ${seconds}`;
  return `${lane}: shrinking a run that breaks ${subject ?? 'a property'}: ${countOf(done, 'candidate')} tried, ${seconds}`;
}
