// The differences between two results of one output folder. A violation that is not found again is not called repaired: with another seed
// the search may have missed it.
import { PROPERTY_IDS, type PropertyId } from '../harness/formats/finding.ts';
import type { CounterexampleSummary, Result } from '../harness/formats/result.ts';
import { grouped } from '../harness/history/counted-words.ts';

/** A value that differs from the run before. */
export interface ResultDifference {
  readonly what: string;
  readonly before: string;
  readonly now: string;
}

/** How a result differs from the one before it. */
export interface ResultComparison {
  readonly differences: readonly ResultDifference[];
  /** By fingerprint: counterexamples found only now (`found`), only before (`notFound`), and in both (`foundAgain`). */
  readonly found: readonly CounterexampleSummary[];
  readonly notFound: readonly CounterexampleSummary[];
  readonly foundAgain: readonly CounterexampleSummary[];
}

/** Compares a result with the one before it. */
export function compareResults(before: Result, now: Result): ResultComparison {
  const known = new Set(before.counterexamples.map(bugOf));
  const current = new Set(now.counterexamples.map(bugOf));
  const rows: readonly (readonly [string, string, string])[] = [
    ['verdict', before.verdict, now.verdict],
    ['system', before.system.name, now.system.name],
    ['hash of the system', before.system.sha256.slice(0, 12), now.system.sha256.slice(0, 12)],
    ['seed', String(before.seed), String(now.seed)],
    ...recordRows('version of ', before.versions, now.versions),
    ...recordRows('reading ', before.readings, now.readings),
    ...recordRows('timing ', before.timings, now.timings),
    ['faults declared absent', before.absent.join(', ') || 'none', now.absent.join(', ') || 'none'],
    ...(['sim', 'live'] as const).map((lane) => runsRow(lane, { before, now })),
    ...PROPERTY_IDS.map((property) => propertyRow(property, { before, now })),
  ];
  return {
    differences: rows.flatMap(([what, was, is]) => (was === is ? [] : [{ what, before: was, now: is }])),
    found: now.counterexamples.filter((each) => !known.has(bugOf(each))),
    notFound: before.counterexamples.filter((each) => !current.has(bugOf(each))),
    foundAgain: now.counterexamples.filter((each) => known.has(bugOf(each))),
  };
}

/** The key of a bug: its lane and fingerprint. A counterexample without a fingerprint has its id instead. */
function bugOf({ lane, fingerprint, id }: CounterexampleSummary): string {
  return `${lane} ${fingerprint ?? id}`;
}

interface Results {
  readonly before: Result;
  readonly now: Result;
}

type Row = readonly [what: string, before: string, now: string];

function recordRows(
  prefix: string,
  before: Readonly<Record<string, string | number>>,
  now: Readonly<Record<string, string | number>>,
): Row[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names.map((name) => [`${prefix}${name}`, String(before[name] ?? '-'), String(now[name] ?? '-')]);
}

function runsRow(lane: 'sim' | 'live', { before, now }: Results): Row {
  const runs = ({ lanes }: Result): string => {
    const found = lanes.find((each) => each.lane === lane);
    return found === undefined ? '-' : grouped(found.evidence.runs.completed);
  };
  return [`runs on lane ${lane}`, runs(before), runs(now)];
}

/** Compares only whether a property was observed and violated: counts of exercises differ between seeds and mean nothing. */
function propertyRow(property: PropertyId, { before, now }: Results): Row {
  const words = ({ lanes }: Result): string => {
    const counts = lanes.map(({ evidence }) => evidence.properties[property]);
    if (counts.some((each) => (each?.violations ?? 0) > 0)) return 'violated';
    return counts.every((each) => each?.observed === true) ? 'held' : 'not observed';
  };
  return [property, words(before), words(now)];
}
