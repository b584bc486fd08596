// Every mutant is killed by its stored case, and without any one checker a mutant survives.
import { beforeAll, expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import type { Oracle } from '../../harness/evidence/oracle.ts';
import type { Executor } from '../../harness/execution/executor.ts';
import { PROPERTIES, PROPERTY_IDS, type PropertyId } from '../../harness/formats/finding.ts';
import { judgeMutant, type MutantJudgement } from '../../harness/runner/judge-mutant.ts';
import { type Mutant, showsOn } from '../../harness/runner/mutant.ts';
import { system as reference } from '../../src/reference.ts';
import { GATES } from '../gates/all-gates.ts';
import { openSimExecutor } from '../sim-executor.fixture.ts';
import { loadMutants } from './all-mutants.ts';
import { LISTED_MUTANTS } from './mutants-page.fixture.ts';

const MUTANTS = await loadMutants();
const ON_THIS_LANE = MUTANTS.filter((mutant) => showsOn(mutant, 'sim'));

let referenceLane: Executor;
beforeAll(async () => {
  referenceLane = await openSimExecutor(reference);
});

async function judged(mutant: Mutant, oracle: Oracle): Promise<MutantJudgement> {
  const bench = { oracle, gates: GATES, reference: referenceLane, mutant: await openSimExecutor(mutant.system) };
  return judgeMutant(mutant, bench);
}

/** The checkers, with the one of this property changed to find nothing. */
function blindTo(property: PropertyId): Oracle {
  return {
    ...checkersOracle,
    judge: (history) =>
      checkersOracle.judge(history).map((each) => (each.property === property ? { ...each, findings: [] } : each)),
  };
}

/** The mutants whose stored cases violate this property. */
function namedBy(property: PropertyId): Mutant[] {
  return ON_THIS_LANE.filter(({ killingCase }) => killingCase?.namedBy.includes(property));
}

test.each(ON_THIS_LANE.map((mutant) => [mutant.id, mutant.name, mutant] as const))(
  '%s %s is killed by its stored case, or by its gate, as docs/mutants.md says',
  async (_id, _name, mutant) => {
    const { outcome, namedBy: killedBy, size } = await judged(mutant, checkersOracle);
    expect(outcome).toBe('killed');
    const listed = LISTED_MUTANTS.find(({ id }) => id === mutant.id);
    const { messages = '-', faults = '-', deviations = '-' } = size ?? {};
    expect(listed).toMatchObject({
      killedBy: mutant.gate === undefined ? killedBy.join(' ') : `gate ${mutant.gate}`,
      messages: String(messages),
      faults: String(faults),
      deviations: String(deviations),
    });
  },
);

test.each(PROPERTY_IDS.map((property) => [property, PROPERTIES[property]] as const))(
  'a checker of %s %s that finds nothing kills none of the mutants that break the property',
  async (property) => {
    const outcomes = await Promise.all(namedBy(property).map((mutant) => judged(mutant, blindTo(property))));
    expect(outcomes).not.toEqual([]);
    expect(outcomes.filter(({ outcome }) => outcome === 'killed')).toEqual([]);
  },
);

test('each property is broken in two ways', () => {
  const waysOf = (property: PropertyId): Set<string> =>
    new Set(namedBy(property).map(({ system, kind }) => kind ?? sabotagedIn(system)));
  expect(PROPERTY_IDS.filter((property) => waysOf(property).size < 2)).toEqual([]);
});

/** The names of the parts or procedures that are not the reference's. */
function sabotagedIn(system: Mutant['system']): string {
  const changed = (original: object, own: object): string[] =>
    Object.keys(original).filter((key) => Reflect.get(original, key) !== Reflect.get(own, key));
  return [...changed(reference.parts, system.parts), ...changed(reference.procedures, system.procedures)].join(' ');
}
