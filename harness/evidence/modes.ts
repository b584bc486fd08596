// Under which modes a run counts in the coverage table: those of the tenants concerned, as flagged at the start.
import { MODES } from '../../src/contract/mode.ts';
import type { Finding } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';

const enteredByScenario = new WeakMap<Scenario, ReadonlySet<string>>();

/** The modes of the tenants that have a campaign. */
export function enteredModes(scenario: Scenario): ReadonlySet<string> {
  let modes = enteredByScenario.get(scenario);
  if (modes === undefined) {
    modes = modesOf(scenario, new Set(scenario.steps.flatMap((step) => (step.kind === 'entry' ? [step.tenant] : []))));
    enteredByScenario.set(scenario, modes);
  }
  return modes;
}

/** The modes of the tenants whose items a finding names; those of the whole scenario for a finding that names none. */
export function findingModes(finding: Finding, { items, scenario }: History): ReadonlySet<string> {
  const named = new Set(finding.items);
  const tenants = new Set(items.filter(({ item }) => named.has(item)).map(({ tenant }) => tenant));
  return tenants.size === 0 ? enteredModes(scenario) : modesOf(scenario, tenants);
}

function modesOf({ tenants }: Scenario, concerned: ReadonlySet<string>): Set<string> {
  const known: ReadonlySet<string | null> = new Set(MODES);
  return new Set(
    tenants
      .filter(({ key }) => concerned.has(key))
      .map(({ mode }) => (mode !== null && known.has(mode) ? mode : 'unknown')),
  );
}
