// The placements around a run: the same deviations and one more, at a point that came up after the last of them.
import type { DecisionPoint, Deviation } from '../decide.ts';

/** The sites in the order in which their placements are tried: what breaks careless systems first, what is many last. */
const FIRST = ['answer', 'request', 'provider'];
const LAST = ['service', 'legacy', 'clock', 'tie', 'route'];

/** What is known of a run that is to be deviated from. It must have been recording. */
export interface Parent {
  readonly points: readonly DecisionPoint[];
}

/**
 * The deviations that a run can be given in addition. A run is a deterministic function of its scenario and its deviations, and up to
 * the point of a new deviation it goes as its parent went. So each set of deviations is met in one order only, the order in which its
 * points come up, and placing the new one after the last finds each set exactly once.
 */
export function childrenOf(parent: Parent): Deviation[] {
  const later = parent.points.slice(lastDeviation(parent) + 1);
  const ranked = later.map((point, index) => ({ point, rank: rankOf(point.site.name) * later.length + index }));
  ranked.sort((a, b) => a.rank - b.rank);
  return ranked.flatMap(({ point: { site, key, attempt } }) =>
    site.choices.slice(1).map((choice) => ({ site: site.name, key, attempt, choice })),
  );
}

/** How many there are, without making them. */
export function countChildren(parent: Parent): number {
  let count = 0;
  for (let index = lastDeviation(parent) + 1; index < parent.points.length; index += 1) {
    count += (parent.points[index]?.site.choices.length ?? 1) - 1;
  }
  return count;
}

/** The position of the last point that went otherwise; -1 in an undisturbed run. */
export function lastDeviation({ points }: Parent): number {
  return points.findLastIndex((point) => point.chosen !== 0);
}

function rankOf(site: string): number {
  const first = FIRST.indexOf(site);
  if (first >= 0) return first;
  const last = LAST.indexOf(site);
  return last >= 0 ? FIRST.length + 1 + last : FIRST.length;
}
