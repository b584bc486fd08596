// How far a certification has come, on one line.
import type { Progress } from '../runner/search.ts';

/** For example `search: 120 of 240 scenarios, 0 violating, 21 s`. */
export function progressLine({ phase, done, planned, violations, elapsedMs }: Progress): string {
  const seconds = `${Math.round(elapsedMs / 1_000)} s`;
  if (phase === 'shrink') return `shrink: ${done} candidates tried, ${seconds}`;
  return `search: ${done} of ${planned} scenarios, ${violations} violating, ${seconds}`;
}
