// Under which modes a run counts in the coverage table: those of the tenants concerned, as flagged at the start.
import { MODES } from '../../src/contract/mode.ts';
import type { Finding } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';

/**
 * The entered modes by list of steps, valid for these tenants. The scenario itself cannot be the key: the simulator copies it in each run
 * to add faults, and only the lists of steps and tenants are shared by the copies.
 */
const enteredBySteps = new WeakMap<
  Scenario['steps'],
  { readonly tenants: Scenario['tenants']; readonly modes: ReadonlySet<string> }
>();

/** The modes of the tenants that have a campaign. */
export function enteredModes({ steps, tenants }: Pick<Scenario, 'steps' | 'tenants'>): ReadonlySet<string> {
  const known = enteredBySteps.get(steps);
  if (known?.tenants === tenants) return known.modes;
  const modes = modesOf(tenants, new Set(steps.flatMap((step) => (step.kind === 'entry' ? [step.tenant] : []))));
  enteredBySteps.set(steps, { tenants, modes });
  return modes;
}

/** The modes of the tenants whose items a finding names; those of the whole scenario for a finding that names none. */
export function findingModes(finding: Finding, { items, scenario }: History): ReadonlySet<string> {
  const named = new Set(finding.items);
  const tenants = new Set(items.filter(({ item }) => named.has(item)).map(({ tenant }) => tenant));
  return tenants.size === 0 ? enteredModes(scenario) : modesOf(scenario.tenants, tenants);
}

const known: ReadonlySet<string | null> = new Set(MODES);

function modesOf(tenants: Scenario['tenants'], concerned: ReadonlySet<string>): Set<string> {
  return new Set(
    tenants
      .filter(({ key }) => concerned.has(key))
      .map(({ mode }) => (mode !== null && known.has(mode) ? mode : 'unknown')),
  );
}
