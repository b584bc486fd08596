// A decision is identified by its site, its key and the number of earlier decisions there. A smaller scenario makes fewer decisions, so the
// same decision has another place in it. This searches that place: decisions about a removed item move to the remaining items, and each
// number is tried. It also tries to replace all decisions by a single simple one.
import { type Mode, MODES } from '../../src/contract/mode.ts';
import type { Executor } from '../execution/executor.ts';
import type { Case, Deviation } from '../formats/case.ts';
import type { Scenario } from '../formats/scenario.ts';
import type { CaseOutcome, CaseRun } from './run-case.ts';
import { scenarioSize } from './scenario-size.ts';
import { shrinkCandidates, weightOf } from './shrink-candidates.ts';

/** A case that was run and judged. */
type Judged = Extract<CaseOutcome, { kind: 'judged' }>;

/** How cases are tried: `violates` says which outcomes count, `simpleDecisions` lists the simple decisions of a scenario. */
export interface Trial {
  /** The outcome of a case; undefined once the limit of tries is reached. */
  readonly tryCase: (tried: Case) => Promise<CaseOutcome | undefined>;
  readonly violates: (outcome: CaseOutcome) => outcome is Judged;
  readonly simpleDecisions: Executor['simpleDecisions'];
}

/** A scenario, and the decisions for which places in it are searched. */
interface Plan {
  readonly scenario: Scenario;
  readonly decisions: readonly Deviation[];
}

/** How many places of one decision are tried: after 0 earlier decisions, after 1, and so on. */
const ATTEMPTS_MAX = 80;

/** How many cases are tried for one plan. */
const PLAN_TRIES_MAX = 800;

/** How many of the simpler scenarios are also tried in other modes. */
const IN_OTHER_MODES = 4;

/** How many single items a decision is moved to: messages of one campaign differ little. */
const ITEMS_MAX = 3;

/** The first smaller case that violates; smaller ones are tried first. Undefined if none does. */
export async function relocateDecisions(found: Case, trial: Trial): Promise<CaseRun | undefined> {
  for (const plan of plansOf(found, trial.simpleDecisions)) {
    let triesLeft = PLAN_TRIES_MAX;
    const tryCase: Trial['tryCase'] = async (tried) => {
      triesLeft -= 1;
      return triesLeft < 0 ? undefined : trial.tryCase(tried);
    };
    const smaller = await place(plan, [], { ...trial, tryCase });
    if (smaller !== undefined) return smaller;
  }
  return undefined;
}

/** All plans smaller than the case: first scenarios with some of its decisions, then with a simple one; both lists smallest first. */
function plansOf({ scenario, deviations }: Case, simpleDecisions: Trial['simpleDecisions']): Plan[] {
  const simpler = [scenario, ...shrinkCandidates(scenario)];
  const scenarios = [...simpler, ...simpler.slice(0, IN_OTHER_MODES).flatMap(inOtherModes)];
  const subsets = subsetsOf(deviations);
  const size = sizeOf({ scenario, decisions: deviations });
  const smallestFirst = (decisionsIn: (each: Scenario) => readonly (readonly Deviation[])[]): Plan[] =>
    scenarios
      .flatMap((each) => decisionsIn(each).map((decisions) => ({ scenario: each, decisions })))
      .filter((plan) => sizeOf(plan) < size)
      .toSorted((a, b) => sizeOf(a) - sizeOf(b) || weightOf(a.scenario) - weightOf(b.scenario));
  return [
    ...smallestFirst(() => subsets),
    ...smallestFirst((each) => (simpleDecisions?.(each) ?? []).map((simple) => [simple])),
  ];
}

/** The number of messages, faults and decisions. */
function sizeOf({ scenario, decisions }: Plan): number {
  const { messages, faults } = scenarioSize(scenario);
  return messages + faults + decisions.length;
}

/** The scenario with its only tenant in each other mode, because a violation after a flip can often be reached without the flip. */
function inOtherModes(scenario: Scenario): Scenario[] {
  const [tenant] = scenario.tenants;
  if (tenant === undefined || scenario.tenants.length > 1) return [];
  const others: readonly Mode[] = MODES.filter((mode) => mode !== tenant.mode);
  return others.map((mode) => ({ ...scenario, tenants: [{ ...tenant, mode }] }));
}

/** The subsets of at most two deviations, in their order: none, each one, each pair. */
function subsetsOf(deviations: readonly Deviation[]): (readonly Deviation[])[] {
  const pairs = deviations.flatMap((first, index) => deviations.slice(index + 1).map((second) => [first, second]));
  return [[], ...deviations.map((alone) => [alone]), ...pairs];
}

/** Tries the next decision of the plan at every place that the run reaches, and for each place the decisions after it. */
async function place(plan: Plan, made: readonly Deviation[], trial: Trial): Promise<CaseRun | undefined> {
  const { scenario, decisions } = plan;
  const next = decisions[made.length];
  if (next === undefined) return made.length === 0 ? violating({ scenario, deviations: [] }, trial) : undefined;
  for (const key of keysIn(scenario, next.key)) {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const deviations = [...made, { ...next, key, attempt }];
      const outcome = await trial.tryCase({ scenario, deviations });
      if (outcome === undefined) return undefined;
      if (trial.violates(outcome)) return outcome;
      if (reached(outcome) < deviations.length) break;
      const found = await place(plan, deviations, trial);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

async function violating(tried: Case, trial: Trial): Promise<CaseRun | undefined> {
  const outcome = await trial.tryCase(tried);
  return outcome !== undefined && trial.violates(outcome) ? outcome : undefined;
}

/** How many deviations of the case the run reached. */
function reached(outcome: CaseOutcome): number {
  return outcome.kind === 'judged' ? outcome.case.deviations.length : 0;
}

const ITEM = /[a-z][a-z0-9-]*#\d+/g;

/** The keys that a decision can have in the scenario: the same if it names no items, else those of the remaining items. */
function keysIn({ steps }: Scenario, key: string): string[] {
  const named = key.match(ITEM);
  if (named === null) return [key];
  const campaigns = steps.flatMap((step) =>
    step.kind === 'entry' ? [Array.from({ length: step.messages }, (_, index) => `${step.campaign}#${index + 1}`)] : [],
  );
  const all = new Set(campaigns.flat());
  const left = named.filter((item) => all.has(item));
  const groups = [left, ...campaigns, ...[...all].slice(0, ITEMS_MAX).map((item) => [item])];
  const [before = '', after = ''] = key.split(named.join('+'));
  return [...new Set(groups.filter(({ length }) => length > 0).map((items) => `${before}${items.join('+')}${after}`))];
}
