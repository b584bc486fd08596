// Plain values for the numbers and modes of a scenario, so that a counterexample has other numbers only where they matter.
import { FAULTS } from '../faults/catalogue.ts';
import type { Fault } from '../formats/fault.ts';
import type { Scenario, Step, Tenant } from '../formats/scenario.ts';
import { MODES } from '../../src/contract/mode.ts';

/**
 * The plain values of each number of a tenant or step, the plainest first; those of faults are in the catalogue of faults. Any other number
 * is less plain than all of them.
 */
const PLAIN: Readonly<Record<string, readonly number[]>> = {
  quota: [10],
  'entry.atMs': [100],
  'flip.atMs': [500],
  'recover.atMs': [1_000],
  'reconcile.atMs': [1_000],
};

type Part = Tenant | Step | Fault;

/** How far a scenario is from plain: 0 if every number and mode has its plainest value. */
export function plainness(scenario: Scenario): number {
  const parts: Part[] = [...scenario.tenants, ...scenario.steps, ...scenario.faults];
  return parts.reduce((sum, part) => sum + partPlainness(part), 0);
}

/** The scenario in which every number and mode has its plainest value, and all scenarios in which one of them is plainer. */
export function plainerScenarios(scenario: Scenario): Scenario[] {
  const { tenants, steps, faults } = scenario;
  return [
    { ...scenario, tenants: tenants.map(plainest), steps: steps.map(plainest), faults: faults.map(plainest) },
    ...plainerLists(tenants).map((plainer) => withParts(scenario, { tenants: plainer })),
    ...plainerLists(steps).map((plainer) => withParts(scenario, { steps: plainer })),
    ...plainerLists(faults).map((plainer) => withParts(scenario, { faults: plainer })),
  ];
}

function withParts(scenario: Scenario, parts: Partial<Scenario>): Scenario {
  return { ...scenario, ...parts };
}

/** The lists in which one number or mode of one part is plainer. */
function plainerLists<P extends Part>(parts: readonly P[]): P[][] {
  return parts.flatMap((part, index) => plainerParts(part).map((plainer) => parts.with(index, plainer)));
}

function plainerParts<P extends Part>(part: P): P[] {
  const numbers = numbersOf(part).flatMap(({ field, value, plain }) =>
    plain.slice(0, rankOf(value, plain)).map((plainer) => withField(part, field, plainer)),
  );
  return hasOddMode(part) ? [...numbers, withField(part, 'mode', 'OFF')] : numbers;
}

function withField<P extends Part>(part: P, field: string, value: number | string): P {
  return { ...part, [field]: value };
}

function plainest<P extends Part>(part: P): P {
  const numbers = numbersOf(part).map(({ field, plain }) => [field, plain[0]]);
  return { ...part, ...Object.fromEntries(numbers), ...(hasOddMode(part) ? { mode: 'OFF' } : {}) };
}

function partPlainness(part: Part): number {
  const numbers = numbersOf(part).reduce((sum, { value, plain }) => sum + rankOf(value, plain), 0);
  return numbers + (hasOddMode(part) ? 1 : 0);
}

function rankOf(value: number, plain: readonly number[]): number {
  const rank = plain.indexOf(value);
  return rank === -1 ? plain.length : rank;
}

function numbersOf(part: Part): { field: string; value: number; plain: readonly number[] }[] {
  const plainOf = plainNumbersOf(part);
  return Object.entries(part).flatMap(([field, value]: [string, unknown]) => {
    const plain = plainOf(field);
    return typeof value === 'number' && plain !== undefined ? [{ field, value, plain }] : [];
  });
}

function plainNumbersOf(part: Part): (field: string) => readonly number[] | undefined {
  if (isFault(part)) {
    const plain: Readonly<Record<string, readonly number[]>> = FAULTS[part.kind].plainNumbers;
    return (field) => plain[field];
  }
  const kind = 'kind' in part ? part.kind : 'tenant';
  return (field) => PLAIN[`${kind}.${field}`] ?? PLAIN[field];
}

function isFault(part: Part): part is Fault {
  return 'kind' in part && part.kind in FAULTS;
}

/** Whether a mode is not one of the three. By the default reading it acts as OFF, so OFF is its plain form. */
function hasOddMode(part: Part): boolean {
  if (!('mode' in part)) return false;
  return !MODES.some((mode) => mode === part.mode);
}
