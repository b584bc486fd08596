// The placements around a run: each keeps the run's deviations and adds one, at a decision point that came up after the last of them.
import type { Deviation } from '../../formats/case.ts';
import type { DecisionPoint } from '../decide.ts';
import { LEGACY_WAKE_SITE } from '../sites.ts';
import { FLIP_MICROS } from '../timings.ts';

/** The order in which placements are tried: first the sites that break unprotected systems, last mostly sites with many points. */
const FIRST = ['answer', 'request', 'provider'];
const LAST = ['service', 'legacy', 'clock', 'tie', 'route', 'client'];

/** A run that is to get one more deviation. It must have been recording. */
export interface Parent {
  readonly points: readonly DecisionPoint[];
  /** The moments at which the flagged modes can make a difference, in microseconds. */
  flagUses(): readonly number[];
}

/**
 * The deviations that can be added to a run. A run is a deterministic function of its scenario and its deviations, and takes the same
 * course as its parent up to the point of the new deviation. So the points of a set of deviations come up in one order only, and a search
 * that always adds a deviation after the last one finds each set exactly once.
 *
 * Flips without a use of the flags between them have the same effect to the microsecond, for the system and for the oracle, so only the
 * first of them is placed.
 */
export function childrenOf(parent: Parent): Deviation[] {
  const later = openPoints(parent);
  const ranked = later.map((open, index) => ({ open, rank: rankOf(open.point.site.name) * later.length + index }));
  ranked.sort((a, b) => a.rank - b.rank);
  return ranked.flatMap(({ open: { point, choices } }) =>
    choices.map((choice) => ({ site: point.site.name, key: point.key, attempt: point.attempt, choice })),
  );
}

/** The number of deviations that `childrenOf` returns, without making them. */
export function countChildren(parent: Parent): number {
  return openPoints(parent).reduce((sum, { choices }) => sum + choices.length, 0);
}

/** A decision point after the last deviation, with the choices that can be placed there. */
interface OpenPoint {
  readonly point: DecisionPoint;
  readonly choices: readonly string[];
}

function openPoints(parent: Parent): OpenPoint[] {
  const uses = parent.flagUses();
  let flippedMicros: number | undefined;
  const isNewFlip = (atMicros: number): boolean => {
    const since = flippedMicros;
    if (since !== undefined && !uses.some((use) => use > since && use <= atMicros + FLIP_MICROS)) return false;
    flippedMicros = atMicros;
    return true;
  };
  return parent.points.slice(lastDeviation(parent) + 1).map((point) => {
    const choices = point.site.choices.slice(1);
    if (point.site !== LEGACY_WAKE_SITE || isNewFlip(point.atMicros)) return { point, choices };
    return { point, choices: choices.filter((choice) => choice !== 'flip') };
  });
}

/** The index of the last decision point with a deviation; -1 in an undisturbed run. */
export function lastDeviation({ points }: Pick<Parent, 'points'>): number {
  return points.findLastIndex((point) => point.chosen !== 0);
}

function rankOf(site: string): number {
  const first = FIRST.indexOf(site);
  if (first >= 0) return first;
  const last = LAST.indexOf(site);
  return last >= 0 ? FIRST.length + 1 + last : FIRST.length;
}
