// The simpler neighbours of a scenario, those that remove most first. Pure: a lane finds out which of them still violate.
import { kindRank, simplerFaults } from '../faults/simplest.ts';
import { scenarioSchema, type Scenario, type Step } from '../formats/scenario.ts';
import { plainerScenarios, plainness } from './plain-numbers.ts';
import { scenarioSize } from './scenario-size.ts';

type Entry = Extract<Step, { kind: 'entry' }>;

/**
 * The simpler scenarios to try instead of this one, those that remove most first. Each weighs less than this one, so shrinking always ends.
 */
export function shrinkCandidates(scenario: Scenario): Scenario[] {
  const all = [
    ...bold(scenario),
    ...withoutTenants(scenario),
    ...withoutSteps(scenario),
    ...withoutFaults(scenario),
    ...withFewerMessages(scenario),
    ...withOneTenant(scenario),
    ...withSimplerKinds(scenario),
    ...withPlainHosts(scenario),
    ...withPlainItems(scenario),
    ...plainerScenarios(scenario),
  ];
  const weight = weightOf(scenario);
  const distinct = new Map<string, Scenario>();
  for (const candidate of all.map(prune)) {
    if (weightOf(candidate) < weight && scenarioSchema.safeParse(candidate).success && hasEntry(candidate)) {
      distinct.set(JSON.stringify(candidate), candidate);
    }
  }
  return [...distinct.values()].toSorted((a, b) => weightOf(a) - weightOf(b));
}

/** The weight of each rank of a fault's kind: a simpler kind is worth more than plain numbers. */
const ODD_KIND = 10;

/** The weight of a scenario: a message, fault, step, tenant or unusual setting weighs more than any number that is not plain. */
export function weightOf(scenario: Scenario): number {
  const { messages, faults, steps, tenants } = scenarioSize(scenario);
  const odd = entriesOf(scenario).reduce((sum, entry) => sum + oddItems(entry), oddHosts(scenario));
  const kinds = scenario.faults.reduce((sum, { kind }) => sum + kindRank(kind) * ODD_KIND, 0);
  return (messages + faults + steps + tenants + odd) * 100 + kinds + plainness(scenario);
}

/** How many unusual settings the hosts have: several service processes, and clocks that are off. */
function oddHosts({ serviceInstances, skewMicros }: Scenario): number {
  return (serviceInstances === undefined ? 0 : 1) + (skewMicros === undefined ? 0 : 1);
}

/** The scenarios without several service processes, and without clocks that are off. */
function withPlainHosts(scenario: Scenario): Scenario[] {
  const { serviceInstances, skewMicros, ...rest } = scenario;
  const candidates: Scenario[] = [];
  if (serviceInstances !== undefined) candidates.push(skewMicros === undefined ? rest : { ...rest, skewMicros });
  if (skewMicros !== undefined) candidates.push(serviceInstances === undefined ? rest : { ...rest, serviceInstances });
  return candidates;
}

/** How many unusual settings the items of a campaign have: similar numbers, and several providers. */
function oddItems({ numbers, providers }: Entry): number {
  return (numbers === undefined ? 0 : 1) + (providers === undefined ? 0 : 1);
}

/** The scenarios in which one campaign has distinct numbers, or one provider. */
function withPlainItems(scenario: Scenario): Scenario[] {
  return scenario.steps.flatMap((step, index) => {
    if (step.kind !== 'entry') return [];
    const { numbers, providers, ...plain } = step;
    const entries: Entry[] = [];
    if (numbers !== undefined) entries.push(providers === undefined ? plain : { ...plain, providers });
    if (providers !== undefined) entries.push(numbers === undefined ? plain : { ...plain, numbers });
    return entries.map((entry) => withSteps(scenario, scenario.steps.with(index, entry)));
  });
}

/**
 * Scenarios that are often the final result: one campaign, or one of each tenant, with one message and none, one or all of the faults; or
 * with all messages and one or all of the faults.
 */
function bold(scenario: Scenario): Scenario[] {
  const entries = entriesOf(scenario);
  const ofEachTenant = entries.filter(
    ({ tenant }, index) => entries.findIndex((each) => each.tenant === tenant) === index,
  );
  return [
    ...entries.flatMap((entry) => boldWith(scenario, [entry])),
    ...(ofEachTenant.length > 1 ? boldWith(scenario, ofEachTenant) : []),
  ];
}

function boldWith(scenario: Scenario, entries: readonly Entry[]): Scenario[] {
  const one = withSteps(
    scenario,
    entries.map((entry) => ({ ...entry, messages: 1 })),
  );
  const whole = withSteps(scenario, [...entries]);
  return [
    withFaults(one, []),
    ...scenario.faults.map((fault) => withFaults(one, [fault])),
    ...scenario.faults.map((fault) => withFaults(whole, [fault])),
    one,
    whole,
  ];
}

/** The scenarios in which one fault is replaced by a fault of a simpler kind. */
function withSimplerKinds(scenario: Scenario): Scenario[] {
  const [first] = entriesOf(scenario);
  if (first === undefined) return [];
  return scenario.faults.flatMap((fault, index) =>
    simplerFaults(fault, first).map((simpler) => withFaults(scenario, scenario.faults.with(index, simpler))),
  );
}

function withoutTenants(scenario: Scenario): Scenario[] {
  return scenario.tenants.map(({ key }) =>
    withSteps(
      scenario,
      scenario.steps.filter((step) => !('tenant' in step) || step.tenant !== key),
    ),
  );
}

function withoutSteps(scenario: Scenario): Scenario[] {
  return scenario.steps.map((_, index) => withSteps(scenario, scenario.steps.toSpliced(index, 1)));
}

function withoutFaults(scenario: Scenario): Scenario[] {
  return scenario.faults.map((_, index) => withFaults(scenario, scenario.faults.toSpliced(index, 1)));
}

function withFewerMessages(scenario: Scenario): Scenario[] {
  return scenario.steps.flatMap((step, index) => {
    if (step.kind !== 'entry') return [];
    const counts = new Set([1, Math.max(1, Math.floor(step.messages / 2)), Math.max(1, step.messages - 1)]);
    return [...counts].map((messages) => withSteps(scenario, scenario.steps.with(index, { ...step, messages })));
  });
}

/** The scenarios in which one tenant has all campaigns, because a violation with two tenants often needs only one. */
function withOneTenant(scenario: Scenario): Scenario[] {
  if (scenario.tenants.length < 2) return [];
  return scenario.tenants.map(({ key }) =>
    withSteps(
      scenario,
      scenario.steps.map((step) => byTenant(step, key)),
    ),
  );
}

function byTenant(step: Step, tenant: string): Step {
  return 'tenant' in step ? { ...step, tenant } : step;
}

function withSteps(scenario: Scenario, steps: Step[]): Scenario {
  return { ...scenario, steps };
}

function withFaults(scenario: Scenario, faults: Scenario['faults']): Scenario {
  return { ...scenario, faults };
}

/** Removes tenants without campaigns, and steps and faults that refer to something that was removed. */
export function prune(scenario: Scenario): Scenario {
  const active = new Set(entriesOf(scenario).map((entry) => entry.tenant));
  const messages = new Map(entriesOf(scenario).map((entry) => [entry.campaign, entry.messages]));
  return {
    ...scenario,
    tenants: scenario.tenants.filter((tenant) => active.has(tenant.key)),
    steps: scenario.steps.filter((step) => step.kind !== 'flip' || active.has(step.tenant)),
    faults: scenario.faults.filter((fault) => {
      if ('campaign' in fault) return messages.has(fault.campaign);
      return !('item' in fault) || hasItem(fault.item, messages);
    }),
  };
}

function hasItem(item: string, messages: ReadonlyMap<string, number>): boolean {
  const [campaign = '', place = ''] = item.split('#');
  return Number(place) <= (messages.get(campaign) ?? 0);
}

function entriesOf(scenario: Scenario): Entry[] {
  return scenario.steps.filter((step) => step.kind === 'entry');
}

function hasEntry(scenario: Scenario): boolean {
  return entriesOf(scenario).length > 0;
}
