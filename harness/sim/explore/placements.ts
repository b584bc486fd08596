// The placements around a run: the same deviations and one more, at a point that came up after the last of them.
import type { Deviation } from '../../formats/case.ts';
import type { DecisionPoint } from '../decide.ts';
import { LEGACY_WAKE_SITE } from '../sites.ts';
import { FLIP_MICROS } from '../timings.ts';

/** The sites in the order in which their placements are tried: what breaks careless systems first, what is many last. */
const FIRST = ['answer', 'request', 'provider'];
const LAST = ['service', 'legacy', 'clock', 'tie', 'route', 'client'];

/** What is known of a run that is to be deviated from. It must have been recording. */
export interface Parent {
  readonly points: readonly DecisionPoint[];
  /** When it mattered which modes were flagged, microseconds. */
  flagUses(): readonly number[];
}

/**
 * The deviations that a run can be given in addition. A run is a deterministic function of its scenario and its deviations, and up to
 * the point of a new deviation it goes as its parent went. So each set of deviations is met in one order only, the order in which its
 * points come up, and placing the new one after the last finds each set exactly once.
 *
 * Flips without a read of the flags between them are one flip: what follows is the same to the microsecond, for the system and for the
 * oracle. The first of them is placed and stands for the others.
 */
export function childrenOf(parent: Parent): Deviation[] {
  const later = openPoints(parent);
  const ranked = later.map((open, index) => ({ open, rank: rankOf(open.point.site.name) * later.length + index }));
  ranked.sort((a, b) => a.rank - b.rank);
  return ranked.flatMap(({ open: { point, choices } }) =>
    choices.map((choice) => ({ site: point.site.name, key: point.key, attempt: point.attempt, choice })),
  );
}

/** How many there are, without making them. */
export function countChildren(parent: Parent): number {
  return openPoints(parent).reduce((sum, { choices }) => sum + choices.length, 0);
}

/** A point that may go otherwise, and how. */
interface OpenPoint {
  readonly point: DecisionPoint;
  readonly choices: readonly string[];
}

function openPoints(parent: Parent): OpenPoint[] {
  const uses = parent.flagUses();
  let flippedMicros: number | undefined;
  const flipsAnew = (atMicros: number): boolean => {
    const since = flippedMicros;
    if (since !== undefined && !uses.some((use) => use > since && use <= atMicros + FLIP_MICROS)) return false;
    flippedMicros = atMicros;
    return true;
  };
  return parent.points.slice(lastDeviation(parent) + 1).map((point) => {
    const choices = point.site.choices.slice(1);
    if (point.site !== LEGACY_WAKE_SITE || flipsAnew(point.atMicros)) return { point, choices };
    return { point, choices: choices.filter((choice) => choice !== 'flip') };
  });
}

/** The position of the last point that went otherwise; -1 in an undisturbed run. */
export function lastDeviation({ points }: Pick<Parent, 'points'>): number {
  return points.findLastIndex((point) => point.chosen !== 0);
}

function rankOf(site: string): number {
  const first = FIRST.indexOf(site);
  if (first >= 0) return first;
  const last = LAST.indexOf(site);
  return last >= 0 ? FIRST.length + 1 + last : FIRST.length;
}
