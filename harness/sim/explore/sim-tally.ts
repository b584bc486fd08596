// Counts the evidence of simulated runs. Its data can be merged in any grouping to the same sums, which is what makes the result of an
// exploration independent of how many workers share it.
import { MODES } from '../../../src/contract/mode.ts';
import { PROPERTY_IDS, type PropertyId } from '../../formats/finding.ts';
import { type Goal, GOALS, type GoalEvidence } from '../../formats/goal.ts';
import type { Result } from '../../formats/result.ts';
import type { Scenario } from '../../formats/scenario.ts';
import type { FaultEvidence, PropertyEvidence } from '../../formats/verdict.ts';
import type { Deviation } from '../decide.ts';
import type { PropertyResult } from '../../evidence/oracle.ts';

type Counts = Record<'scenarios' | 'exercised' | 'undecided' | 'violations', number> & { observed: boolean };

type CellRow = Partial<Record<PropertyId, { exercised: number; violations: number }>>;

/** The counts as plain data. */
export interface TallyData {
  runs: number;
  readonly properties: Partial<Record<PropertyId, Counts>>;
  readonly goals: Partial<Record<Goal, number>>;
  /** How often each choice was taken, by `site: choice`. */
  readonly choices: Record<string, number>;
  /** By mode and site, and within by property. */
  readonly cells: Record<string, CellRow>;
}

/** One run as it is counted. */
export interface CountedRun {
  readonly scenario: Scenario;
  readonly deviations: readonly Deviation[];
  readonly properties: readonly PropertyResult[];
  readonly goals: ReadonlySet<Goal>;
}

/** The counts of no run. */
export function emptyTally(): TallyData {
  return { runs: 0, properties: {}, goals: {}, choices: {}, cells: {} };
}

/** Adds a run. */
export function addRun(tally: TallyData, { scenario, deviations, properties, goals }: CountedRun): void {
  tally.runs += 1;
  for (const goal of goals) tally.goals[goal] = (tally.goals[goal] ?? 0) + 1;
  const sites = new Set<string>();
  for (const { site, choice } of deviations) {
    const label = `${site}: ${choice}`;
    tally.choices[label] = (tally.choices[label] ?? 0) + 1;
    sites.add(site);
  }
  if (sites.size === 0) sites.add('none');
  const rows = rowsOf(tally, modesOf(scenario), sites);
  for (const { property, observed, exercised, undecided, findings } of properties) {
    const counts = (tally.properties[property] ??= noCounts());
    counts.observed ||= observed;
    counts.scenarios += exercised > 0 ? 1 : 0;
    counts.exercised += exercised;
    counts.undecided += undecided.length;
    counts.violations += findings.length;
    if (exercised === 0 && findings.length === 0) continue;
    for (const row of rows) addCell(row, property, { exercised, violations: findings.length });
  }
}

/** The rows of the coverage table that a run belongs to. */
function rowsOf(tally: TallyData, modes: readonly string[], sites: ReadonlySet<string>): CellRow[] {
  const rows: CellRow[] = [];
  for (const mode of modes) for (const site of sites) rows.push((tally.cells[`${mode}|${site}`] ??= {}));
  return rows;
}

function addCell(row: CellRow, property: PropertyId, counts: { exercised: number; violations: number }): void {
  const cell = (row[property] ??= { exercised: 0, violations: 0 });
  cell.exercised += counts.exercised;
  cell.violations += counts.violations;
}

/** Adds the counts of other runs. */
export function mergeTally(into: TallyData, from: TallyData): void {
  into.runs += from.runs;
  for (const [goal, count] of Object.entries(from.goals)) {
    into.goals[goal as Goal] = (into.goals[goal as Goal] ?? 0) + count;
  }
  for (const [label, count] of Object.entries(from.choices)) into.choices[label] = (into.choices[label] ?? 0) + count;
  for (const property of PROPERTY_IDS) {
    const counts = from.properties[property];
    if (counts === undefined) continue;
    const sum = (into.properties[property] ??= noCounts());
    sum.observed ||= counts.observed;
    sum.scenarios += counts.scenarios;
    sum.exercised += counts.exercised;
    sum.undecided += counts.undecided;
    sum.violations += counts.violations;
  }
  for (const [key, row] of Object.entries(from.cells)) {
    const sum = (into.cells[key] ??= {});
    for (const [property, counts] of Object.entries(row)) addCell(sum, property as PropertyId, counts);
  }
}

/** The least number of times a property must have been exercised in an exploration. */
const PROPERTY_MINIMUM = 10;

/** The counts as evidence about properties, in the order of the reports. */
export function propertyEvidence({ properties }: TallyData): PropertyEvidence[] {
  return PROPERTY_IDS.map((property) => ({
    property,
    ...(properties[property] ?? noCounts()),
    minimum: PROPERTY_MINIMUM,
  }));
}

/** The choices as evidence about faults: in the sim a choice that is taken bites, as nothing lies between the two. */
export function choiceEvidence({ choices }: TallyData): FaultEvidence[] {
  return Object.entries(choices)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([fault, count]) => ({ fault, planned: count, bit: count, idle: 0, missing: 0, minimum: 1 }));
}

/** The goals with how often each was reached. */
export function goalEvidence({ goals }: TallyData): GoalEvidence[] {
  return GOALS.map((goal) => ({ goal, reached: goals[goal] ?? 0 }));
}

/** The coverage table in a stable order. */
export function cellsOf({ cells }: TallyData): Result['cells'] {
  const rows = Object.entries(cells).flatMap(([key, row]) => {
    const [mode = '', fault = ''] = key.split('|');
    return Object.entries(row).map(([property, counts]) => ({ property, mode, fault, ...counts }));
  });
  const rank = (property: string): number => (PROPERTY_IDS as readonly string[]).indexOf(property);
  return rows.toSorted(
    (a, b) => rank(a.property) - rank(b.property) || (`${a.mode} ${a.fault}` < `${b.mode} ${b.fault}` ? -1 : 1),
  );
}

function noCounts(): Counts {
  return { observed: false, scenarios: 0, exercised: 0, undecided: 0, violations: 0 };
}

const modesByScenario = new WeakMap<Scenario, readonly string[]>();

/** The modes of the tenants as flagged at the start. */
function modesOf(scenario: Scenario): readonly string[] {
  let modes = modesByScenario.get(scenario);
  if (modes === undefined) {
    const texts = scenario.tenants.map(({ mode }) => MODES.find((known) => known === mode) ?? 'unknown');
    modes = [...new Set<string>(texts)];
    modesByScenario.set(scenario, modes);
  }
  return modes;
}
