// Decisions are known by what they are about and by how often it was asked before. In a smaller scenario there is less to ask about, so the
// same decision is at another place there. This looks for that place: what is about an item moves to the items that are left, and a
// decision is made at each moment at which it comes up. It also tries one simple decision in the place of all.
import { type Mode, MODES } from '../../src/contract/mode.ts';
import type { Executor } from '../execution/executor.ts';
import type { Case, Deviation } from '../formats/case.ts';
import type { Scenario } from '../formats/scenario.ts';
import type { CaseOutcome, CaseRun } from './run-case.ts';
import { scenarioSize } from './scenario-size.ts';
import { shrinkCandidates, weightOf } from './shrink-candidates.ts';

/** A case that was run and judged. */
type Judged = Extract<CaseOutcome, { kind: 'judged' }>;

/** How cases are tried. */
export interface Trial {
  /** The outcome of a case; undefined when no more may be tried. */
  readonly tryCase: (tried: Case) => Promise<CaseOutcome | undefined>;
  readonly violates: (outcome: CaseOutcome) => outcome is Judged;
  readonly simpleDecisions: Executor['simpleDecisions'];
}

/** A scenario with the decisions that are to be made in it, wherever they have their place there. */
interface Plan {
  readonly scenario: Scenario;
  readonly decisions: readonly Deviation[];
}

/** No decision is looked for later than this. */
const ATTEMPTS_MAX = 80;

/** The most places that one scenario is searched for. */
const PLAN_TRIES_MAX = 800;

/** Of so many scenarios also those in another mode are looked at. */
const IN_OTHER_MODES = 4;

/** Messages of one campaign differ little. */
const ITEMS_MAX = 3;

/** The first smaller case that violates, the smallest first. */
export async function placeAnew(found: Case, trial: Trial): Promise<CaseRun | undefined> {
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

/** All smaller scenarios with some of the decisions, then with a simple one; of each the smallest first. */
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

/** Messages, faults and decisions. */
function sizeOf({ scenario, decisions }: Plan): number {
  const { messages, faults } = scenarioSize(scenario);
  return messages + faults + decisions.length;
}

/** The same with its only tenant in another mode: the effect of a flip may be reached without it. */
function inOtherModes(scenario: Scenario): Scenario[] {
  const [tenant] = scenario.tenants;
  if (tenant === undefined || scenario.tenants.length > 1) return [];
  const others: readonly Mode[] = MODES.filter((mode) => mode !== tenant.mode);
  return others.map((mode) => ({ ...scenario, tenants: [{ ...tenant, mode }] }));
}

/** None of them, each alone, and each two in their order. */
function subsetsOf(deviations: readonly Deviation[]): (readonly Deviation[])[] {
  const pairs = deviations.flatMap((first, index) => deviations.slice(index + 1).map((second) => [first, second]));
  return [[], ...deviations.map((alone) => [alone]), ...pairs];
}

/** Makes the next decision of the plan wherever it comes up, and those after it then. */
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

/** How many of its deviations came up. */
function reached(outcome: CaseOutcome): number {
  return outcome.kind === 'judged' ? outcome.case.deviations.length : 0;
}

const ITEM = /[a-z][a-z0-9-]*#\d+/g;

/** What a decision about these items, or about none, may be about in the scenario. */
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
