// Adds judgements to evidence, in place. Every count is a sum, so merging the evidence of parts gives the evidence of the whole.
import type { Deviation } from '../formats/case.ts';
import { EXAMPLES_MAX, type Evidence, type ProblemCode, type PropertyCounts } from '../formats/evidence.ts';
import type { Fault } from '../formats/fault.ts';
import type { PropertyId } from '../formats/finding.ts';
import type { Scenario } from '../formats/scenario.ts';
import { everyFingerprintOf } from './fingerprint.ts';
import type { Judgement } from './judge.ts';
import { enteredModes, findingModes } from './modes.ts';

/** A judged run, and what else evidence counts about it. */
export interface JudgedRun {
  readonly judgement: Judgement;
  /** The deviations that the run reached; none on the live lane. */
  readonly deviations: readonly Deviation[];
  /** Whether its scenario was drawn at random, so that the run is an independent trial. */
  readonly isRandom: boolean;
  /** Whether it needed more than one try. */
  readonly isRetried: boolean;
  /** Names the run in an example: its scenario, or the token that replays it. Called only for runs with problems. */
  readonly where: () => string;
}

/** The evidence of no run. */
export function emptyEvidence(): Evidence {
  return {
    format: 'onesend.evidence/1',
    runs: { planned: 0, completed: 0, random: 0, retried: 0, discarded: 0, compared: 0 },
    properties: {},
    faults: {},
    choices: {},
    cells: {},
    goals: {},
    gates: {},
    depths: [],
    swarm: { planned: 0, run: 0 },
    problems: {},
    violations: {},
  };
}

/** Adds planned runs, and the faults of their scenarios under their labels. */
export function foldPlan(evidence: Evidence, scenarios: readonly Scenario[], label: (fault: Fault) => string): void {
  evidence.runs.planned += scenarios.length;
  for (const scenario of scenarios) foldPlannedFaults(evidence, scenario, label);
}

/** Adds the faults of one planned scenario, under their labels. */
export function foldPlannedFaults(evidence: Evidence, { faults }: Scenario, label: (fault: Fault) => string): void {
  for (const fault of faults) faultCounts(evidence, label(fault)).planned += 1;
}

/** Adds one run. */
export function foldRun(evidence: Evidence, run: JudgedRun): void {
  const { judgement, deviations } = run;
  const { runs } = evidence;
  const isSound = judgement.observerProblems.length === 0;
  runs.completed += 1;
  if (run.isRetried) runs.retried += 1;
  if (!isSound) runs.discarded += 1;
  else if (run.isRandom) runs.random += 1;
  for (const { code, message } of judgement.problems) addProblem(evidence, code, `${message} (${run.where()})`);
  for (const goal of judgement.goals) evidence.goals[goal] = (evidence.goals[goal] ?? 0) + 1;
  for (const { kind, state } of judgement.receipts) faultCounts(evidence, kind)[state] += 1;
  const faults = faultsInEffect(evidence, judgement, deviations);
  foldFindings(evidence, judgement, faults);
  for (const each of everyFingerprintOf(judgement)) addFingerprint(evidence, each);
  // Disturbed observers can miss a violation, so their run is no evidence that a property held.
  if (isSound) foldProperties(evidence, judgement, faults);
}

/** Adds the outcome of one gate. */
export function foldGate(evidence: Evidence, id: string, outcome: keyof Evidence['gates'][string]): void {
  gateCounts(evidence, id)[outcome] += 1;
}

/** The counts of one gate, created if absent. */
export function gateCounts(evidence: Evidence, id: string): Evidence['gates'][string] {
  return (evidence.gates[id] ??= { pass: 0, fail: 0, inconclusive: 0, 'not-observed': 0 });
}

/** Adds a problem, with an example that names the run. */
export function addProblem(evidence: Evidence, code: ProblemCode, example: string): void {
  const known = evidence.problems[code];
  evidence.problems[code] = {
    count: (known?.count ?? 0) + 1,
    examples: firstExamples([...(known?.examples ?? []), example]),
  };
}

/** Adds the number of runs that showed a fingerprint. */
export function addFingerprint(evidence: Evidence, fingerprint: string, runs = 1): void {
  const counts = (evidence.fingerprints ??= {});
  counts[fingerprint] = (counts[fingerprint] ?? 0) + runs;
}

/** Keeps a violating case under the key of its fingerprint. Of several with one key, the one with the smallest hash is kept. */
export function addViolation(evidence: Evidence, key: string, violation: Evidence['violations'][string]): void {
  const known = evidence.violations[key];
  if (known === undefined || violation.hash < known.hash) evidence.violations[key] = violation;
}

/** The examples to keep: the first ones by name, so that the order in which they arrived makes no difference. */
export function firstExamples(examples: readonly string[]): string[] {
  return [...new Set(examples)].toSorted().slice(0, EXAMPLES_MAX);
}

/** The counts of one kind of fault, created if absent. */
export function faultCounts(evidence: Evidence, label: string): Evidence['faults'][string] {
  return (evidence.faults[label] ??= { planned: 0, bit: 0, idle: 0, missing: 0 });
}

/** The counts of one property, created if absent. */
export function propertyCounts(evidence: Evidence, property: PropertyId): PropertyCounts {
  return (evidence.properties[property] ??= {
    observed: false,
    scenarios: 0,
    exercised: 0,
    undecided: 0,
    violations: 0,
  });
}

/** Adds what was not known in undecided chances. */
export function addDoubts(counts: PropertyCounts, doubts: readonly string[]): void {
  if (doubts.length > 0) counts.doubts = firstExamples([...(counts.doubts ?? []), ...doubts]);
}

/** The cell of one property in the coverage table, created if absent. */
export function cellOf(
  evidence: Evidence,
  { mode, fault }: { readonly mode: string; readonly fault: string },
  property: PropertyId,
): { exercised: number; violations: number } {
  const row = ((evidence.cells[mode] ??= {})[fault] ??= {});
  return (row[property] ??= { exercised: 0, violations: 0 });
}

/** Counts the choices of a run. Returns the kinds of fault that took effect, by receipt, and the sites that deviated; else `none`. */
function faultsInEffect(
  evidence: Evidence,
  { receipts }: Judgement,
  deviations: readonly Deviation[],
): ReadonlySet<string> {
  const faults = new Set<string>();
  for (const { kind, state } of receipts) if (state === 'bit') faults.add(kind);
  for (const { site, choice } of deviations) {
    const taken = `${site}: ${choice}`;
    evidence.choices[taken] = (evidence.choices[taken] ?? 0) + 1;
    faults.add(site);
  }
  if (faults.size === 0) faults.add('none');
  return faults;
}

function foldFindings(evidence: Evidence, { findings, history }: Judgement, faults: ReadonlySet<string>): void {
  for (const finding of findings) {
    propertyCounts(evidence, finding.property).violations += 1;
    for (const mode of findingModes(finding, history)) {
      for (const fault of faults) cellOf(evidence, { mode, fault }, finding.property).violations += 1;
    }
  }
}

function foldProperties(evidence: Evidence, { properties, history }: Judgement, faults: ReadonlySet<string>): void {
  const modes = enteredModes(history.scenario);
  for (const { property, observed, exercised, undecided } of properties) {
    const counts = propertyCounts(evidence, property);
    counts.observed ||= observed;
    counts.undecided += undecided.length;
    addDoubts(counts, undecided);
    if (exercised === 0) continue;
    counts.scenarios += 1;
    counts.exercised += exercised;
    for (const mode of modes) {
      for (const fault of faults) cellOf(evidence, { mode, fault }, property).exercised += exercised;
    }
  }
}
