// Merges evidence. Order and grouping make no difference; shards, workers and re-checks depend on that.
import type { DepthCounts, Evidence, ProblemCode } from '../formats/evidence.ts';
import { PROPERTY_IDS } from '../formats/finding.ts';
import { GOALS } from '../formats/goal.ts';
import {
  addDoubts,
  addFingerprint,
  addViolation,
  cellOf,
  faultCounts,
  firstExamples,
  gateCounts,
  propertyCounts,
} from './fold.ts';

/** Adds the evidence of other runs, in place. */
export function mergeEvidence(into: Evidence, from: Evidence): void {
  addNumbers(into.runs, from.runs);
  addNumbers(into.swarm, from.swarm);
  addNumbers(into.choices, from.choices);
  for (const goal of GOALS) {
    const reached = from.goals[goal];
    if (reached !== undefined) into.goals[goal] = (into.goals[goal] ?? 0) + reached;
  }
  for (const [label, counts] of Object.entries(from.faults)) addNumbers(faultCounts(into, label), counts);
  for (const [id, counts] of Object.entries(from.gates)) {
    addNumbers(gateCounts(into, id), counts);
  }
  mergeProperties(into, from);
  mergeProblems(into, from);
  for (const depth of from.depths) addDepth(into, depth);
  for (const [key, violation] of Object.entries(from.violations)) addViolation(into, key, violation);
  for (const [fingerprint, runs] of Object.entries(from.fingerprints ?? {})) addFingerprint(into, fingerprint, runs);
}

/** The evidence of all parts together. */
export function mergedEvidence(first: Evidence, ...others: readonly Evidence[]): Evidence {
  const sum = structuredClone(first);
  for (const other of others) mergeEvidence(sum, other);
  return sum;
}

/** Adds the counts of one depth. The sum of planned placements is null when it is null for one of the parts. */
export function addDepth(evidence: Evidence, depth: DepthCounts): void {
  const { depths } = evidence;
  const known = depths.find(
    ({ messages, deviations }) => messages === depth.messages && deviations === depth.deviations,
  );
  if (known !== undefined) {
    known.planned = known.planned === null || depth.planned === null ? null : known.planned + depth.planned;
    known.run += depth.run;
    known.pruned += depth.pruned;
    return;
  }
  depths.push({ ...depth });
  depths.sort((a, b) => a.messages - b.messages || a.deviations - b.deviations);
}

function mergeProperties(into: Evidence, from: Evidence): void {
  for (const property of PROPERTY_IDS) {
    const counts = from.properties[property];
    if (counts === undefined) continue;
    const sum = propertyCounts(into, property);
    const observed = sum.observed || counts.observed;
    const { observed: _, doubts = [], ...numbers } = counts;
    addNumbers(sum, numbers);
    addDoubts(sum, doubts);
    sum.observed = observed;
  }
  for (const [mode, rows] of Object.entries(from.cells)) {
    for (const [fault, row] of Object.entries(rows)) {
      for (const property of PROPERTY_IDS) {
        const cell = row[property];
        if (cell !== undefined) addNumbers(cellOf(into, { mode, fault }, property), cell);
      }
    }
  }
}

function mergeProblems(into: Evidence, from: Evidence): void {
  for (const [code, { count, examples }] of Object.entries(from.problems)) {
    const known = into.problems[code as ProblemCode];
    into.problems[code as ProblemCode] = {
      count: (known?.count ?? 0) + count,
      examples: firstExamples([...(known?.examples ?? []), ...examples]),
    };
  }
}

/** Adds numbers by their names, in place. */
function addNumbers<T extends object>(into: T, from: { readonly [K in keyof T]?: number }): void {
  const sums = into as Record<string, number>;
  for (const [name, number] of Object.entries(from) as [string, number][]) sums[name] = (sums[name] ?? 0) + number;
}
