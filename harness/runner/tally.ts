// Counts the evidence of all runs: per property, per kind of fault, and per cell of property, mode and fault.
import type { PlannedScenario } from '../generators/plan.ts';
import { MODES } from '../../src/contract/mode.ts';
import { PROPERTY_IDS, type Finding, type PropertyId } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import type { Result } from '../formats/result.ts';
import type { Evidence, FaultEvidence, PropertyEvidence } from '../formats/verdict.ts';
import type { JudgedRun } from './judged-run.ts';
import type { Oracle } from '../evidence/oracle.ts';
import type { ScenarioOutcome } from './run-scenario.ts';

/** One cell of the coverage table. */
export type Cell = Result['cells'][number];

/** The counts of the scenarios of a run. `random` are the completed random ones with observers that saw well. */
export type ScenarioCounts = Result['scenarios'];

/** The least number of times each property must be exercised in a plan of this size: 10 from 200 scenarios on, never none. */
function propertyMinimum(planned: number): number {
  return Math.max(1, Math.min(10, Math.floor(planned / 20)));
}

/** The share of a plan that may be discarded because this machine was too busy to observe it. */
const MOST_DISCARDED = 0.05;

type Counts = { -readonly [K in keyof PropertyEvidence]: PropertyEvidence[K] };
type FaultCounts = { -readonly [K in keyof FaultEvidence]: FaultEvidence[K] };

/** The evidence as it grows, one outcome after the other. */
export class Tally {
  readonly #properties: Map<PropertyId, Counts>;
  readonly #faults = new Map<string, FaultCounts>();
  readonly #cells = new Map<string, Cell>();
  readonly #infrastructure: string[] = [];
  readonly #blindness: string[] = [];
  readonly #selfCheck = new Set<string>();
  readonly #planned: number;
  #completed = 0;
  #random = 0;
  #retried = 0;
  #discarded = 0;

  constructor(plan: readonly PlannedScenario[], label: Oracle['label']) {
    this.#planned = plan.length;
    const minimum = propertyMinimum(plan.length);
    const none = { observed: false, scenarios: 0, exercised: 0, undecided: 0, violations: 0, minimum };
    this.#properties = new Map(PROPERTY_IDS.map((property) => [property, { property, ...none }]));
    for (const { scenario } of plan) {
      for (const fault of scenario.faults) this.#faultCounts(label(fault)).planned += 1;
    }
    for (const counts of this.#faults.values()) counts.minimum = 1;
  }

  /** Adds how one scenario ended. A scenario that was stopped adds nothing. */
  add(planned: PlannedScenario, outcome: ScenarioOutcome): void {
    if (outcome.kind === 'stopped') return;
    if (outcome.retried) this.#retried += 1;
    const { name } = planned.scenario;
    if (outcome.kind === 'infrastructure') {
      this.#infrastructure.push(`scenario '${name}': ${outcome.message}`);
      return;
    }
    this.#completed += 1;
    if (planned.origin === 'random' && outcome.run.observerProblems.length === 0) this.#random += 1;
    this.#addRun(name, outcome.run);
  }

  /** The counts of the scenarios so far. */
  scenarios(): ScenarioCounts {
    return {
      planned: this.#planned,
      completed: this.#completed,
      random: this.#random,
      retried: this.#retried,
      discarded: this.#discarded,
    };
  }

  /** The coverage table so far, in a stable order. */
  cells(): Cell[] {
    const sorted = [...this.#cells].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return structuredClone(sorted.map(([, cell]) => cell));
  }

  /** What the verdict rests on, as far as runs can tell. */
  evidence(): Pick<Evidence, 'scenarios' | 'infrastructure' | 'observerTrouble' | 'selfCheck'> & {
    readonly properties: PropertyEvidence[];
    readonly faults: FaultEvidence[];
  } {
    return {
      scenarios: this.#completed,
      properties: structuredClone([...this.#properties.values()]),
      faults: structuredClone([...this.#faults.values()]),
      infrastructure: [...this.#infrastructure],
      observerTrouble: this.#observerTrouble(),
      selfCheck: [...this.#selfCheck],
    };
  }

  #addRun(name: string, run: JudgedRun): void {
    for (const crash of run.crashes) this.#selfCheck.add(crash);
    if (run.observerLost)
      this.#blindness.push(`scenario '${name}': ${run.observerProblems[0] ?? 'an observer was lost'}`);
    if (run.observerProblems.length > 0) this.#discarded += 1;
    for (const receipt of run.receipts) this.#faultCounts(receipt.kind)[receipt.state] += 1;
    for (const finding of run.findings) this.#propertyCounts(finding.property).violations += 1;
    for (const finding of run.findings)
      this.#addToCells(run, finding.property, { violations: 1, modes: findingModes(finding, run.history) });
    // What troubled observers did not see to be violated is no evidence that it held.
    if (run.observerProblems.length > 0) return;
    const modes = enteredModes(run.history);
    for (const { property, observed, exercised, undecided } of run.properties) {
      const counts = this.#propertyCounts(property);
      counts.observed ||= observed;
      counts.scenarios += exercised > 0 ? 1 : 0;
      counts.exercised += exercised;
      counts.undecided += undecided.length;
      if (exercised > 0) this.#addToCells(run, property, { exercised, modes });
    }
  }

  /** Lost observers always count; late ones only when they spoilt more than the plan can spare. */
  #observerTrouble(): string[] {
    const spared = Math.floor(this.#planned * MOST_DISCARDED);
    if (this.#blindness.length > 0)
      return [`${this.#blindness.length} scenarios had a lost observer, first ${this.#blindness[0]}`];
    if (this.#discarded <= spared) return [];
    return [
      `the observers were stalled in ${this.#discarded} of ${this.#planned} scenarios, at most ${spared} can be spared`,
    ];
  }

  #addToCells(run: JudgedRun, property: PropertyId, counts: CellCounts): void {
    const bit = run.receipts.filter((receipt) => receipt.state === 'bit').map((receipt) => receipt.kind);
    const faults = bit.length === 0 ? ['none'] : new Set(bit);
    for (const mode of counts.modes) {
      for (const fault of faults) {
        const key = `${String(PROPERTY_IDS.indexOf(property)).padStart(2, '0')} ${mode} ${fault}`;
        const cell = this.#cells.get(key) ?? { property, mode, fault, exercised: 0, violations: 0 };
        cell.exercised += counts.exercised ?? 0;
        cell.violations += counts.violations ?? 0;
        this.#cells.set(key, cell);
      }
    }
  }

  #propertyCounts(property: PropertyId): Counts {
    const counts = this.#properties.get(property);
    if (counts === undefined) throw new RangeError(`unknown property ${property}`);
    return counts;
  }

  #faultCounts(fault: string): FaultCounts {
    const known = this.#faults.get(fault) ?? { fault, planned: 0, bit: 0, idle: 0, missing: 0, minimum: 0 };
    this.#faults.set(fault, known);
    return known;
  }
}

interface CellCounts {
  readonly modes: Iterable<string>;
  readonly exercised?: number;
  readonly violations?: number;
}

/** The modes of the tenants that have a campaign, as flagged at the start. */
function enteredModes(history: History): Set<string> {
  const entered = new Set(history.scenario.steps.flatMap((step) => (step.kind === 'entry' ? [step.tenant] : [])));
  return modesOf(history, entered);
}

function findingModes(finding: Finding, history: History): Set<string> {
  const items = new Set(finding.items);
  const tenants = new Set(history.items.filter((item) => items.has(item.item)).map((item) => item.tenant));
  return tenants.size === 0 ? enteredModes(history) : modesOf(history, tenants);
}

function modesOf(history: History, tenants: ReadonlySet<string>): Set<string> {
  const known: ReadonlySet<string | null> = new Set(MODES);
  const concerned = history.scenario.tenants.filter((tenant) => tenants.has(tenant.key));
  return new Set(concerned.map(({ mode }) => (mode !== null && known.has(mode) ? mode : 'unknown')));
}
