// Runs one family of properties over generated scenarios on the live lane, side by side over all slots, and reports what it saw as data.
import { randomInt } from 'node:crypto';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import { judgeHistory } from '../../harness/evidence/check-history.ts';
import type { Checker, PropertyId } from '../../harness/formats/finding.ts';
import { openLiveLane } from '../../harness/live/lane.ts';
import { slotPool } from '../../harness/live/lease-pool.ts';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import type { Oracle } from '../../harness/evidence/oracle.ts';
import { plannedRunner, plannedSpace } from '../../harness/runner/planned-search.ts';
import type { ViolatingRun } from '../../harness/runner/run-case.ts';
import { search, type SearchResult } from '../../harness/runner/search.ts';
import type { System } from '../../src/contract/system.ts';
import { system as reference } from '../../src/reference.ts';
import { MUTANTS } from '../mutants/all-mutants.ts';
import { drawScenarios, type Sort } from './scenarios-that.ts';

/** Properties that belong together, where they are looked for, and the mutants that must be found there. */
export interface Family {
  readonly name: string;
  readonly checkers: readonly Checker[];
  /** The kinds of scenarios that give the properties a chance to be violated; some of any kind are added. */
  readonly sorts: readonly Sort[];
  /** The ids of mutants, each of which breaks one of the properties. */
  readonly mutants: readonly string[];
}

/** What a family says of one system. */
export interface FamilyReport {
  /** The findings as sentences. */
  readonly findings: readonly string[];
  readonly violated: readonly PropertyId[];
  /** Those of them that the system is known to break; none for the reference. */
  readonly named: readonly PropertyId[];
  /** Properties that no scenario gave a chance to be violated. */
  readonly unexercised: readonly PropertyId[];
  /** Checkers that failed, and scenarios the machine could not run. */
  readonly trouble: readonly string[];
}

/** What a family says of the reference, and of each of its mutants by id, under one seed. */
export interface FamilyVerdict {
  readonly seed: number;
  readonly reference: FamilyReport;
  readonly mutants: ReadonlyMap<string, FamilyReport>;
}

const SEEDS = 2_147_483_647;
const REFERENCE_SCENARIOS = 10;
const REFERENCE_SLOTS = 4;
/** A mutant that a quarter of the scenarios expose escapes so many about once in a thousand runs; most are found by the first few. */
const MUTANT_SCENARIOS = 24;
const MUTANT_SLOTS = 2;
/** More lanes at once would eat into each other's 500 ms. */
const LANES = ['reference', 'mutant', 'another mutant'];

/** The seed of this run: ONESEND_SEED, or a random one. */
function chosenSeed(): number {
  const given = process.env['ONESEND_SEED'] ?? '';
  const seed = given === '' ? randomInt(SEEDS) : Number(given);
  if (Number.isSafeInteger(seed)) return seed;
  throw new RangeError(`ONESEND_SEED: expected a whole number, received ${JSON.stringify(given)}`);
}

/**
 * Runs the reference and the mutants of a family on the same draws. fast-check runs one case after the other, and a live scenario mostly
 * waits, so the draws are fast-check's and the running is the pool's. The seed and every scenario that violates go to standard error.
 */
export async function examineFamily(family: Family): Promise<FamilyVerdict> {
  const seed = chosenSeed();
  process.stderr.write(`${family.name}: ONESEND_SEED=${seed}\n`);
  const lanes = slotPool(LANES);
  const [own, ...others] = await Promise.all([
    lanes.lend(() => examine(reference, family, { seed, count: REFERENCE_SCENARIOS, slots: REFERENCE_SLOTS })),
    ...family.mutants.map(async (id) => {
      const mutant = MUTANTS.find((candidate) => candidate.id === id);
      if (mutant === undefined) throw new RangeError(`no mutant ${id}`);
      const options = { seed, count: MUTANT_SCENARIOS, slots: MUTANT_SLOTS };
      const report = await lanes.lend(async () => examine(await mutant.load(), family, options));
      return [
        id,
        { ...report, named: report.violated.filter((property) => mutant.breaks.includes(property)) },
      ] as const;
    }),
  ]);
  return { seed, reference: own, mutants: new Map(others) };
}

async function examine(
  system: System,
  family: Family,
  options: { seed: number; count: number; slots: number },
): Promise<FamilyReport> {
  const { seed, count, slots } = options;
  const plan = drawScenarios(family.sorts, { seed, count }).map((scenario) => ({
    scenario,
    origin: 'random' as const,
  }));
  const lane = await openLiveLane({ description: describeAssembly(system), slots, infrastructure: 'embedded' });
  try {
    const oracle: Oracle = { ...checkersOracle, judge: (history) => judgeHistory(history, family.checkers) };
    const found = await search({
      space: plannedSpace(plan, { ...oracle, violationsMax: 1 }),
      runner: plannedRunner({ executor: lane, oracle }),
    });
    if (system === reference) printCounterexamples(family, found);
    return reportOf(family, found);
  } finally {
    await lane.close();
  }
}

/** Plain values, to be kept as regressions: a seed means something else once the generator has changed. */
function printCounterexamples(family: Family, { violations }: SearchResult<ViolatingRun>): void {
  for (const { case: found } of violations) {
    process.stderr.write(`${family.name}: violated by ${JSON.stringify(found.scenario)}\n`);
  }
}

function reportOf(family: Family, { evidence, violations }: SearchResult<ViolatingRun>): FamilyReport {
  const own = family.checkers.map((checker) => checker.property);
  const { properties, problems } = evidence;
  return {
    findings: violations.flatMap(({ run }) =>
      run.judgement.findings.map(({ property, message }) => `${property}: ${message}`),
    ),
    violated: own.filter((property) => (properties[property]?.violations ?? 0) > 0),
    named: [],
    unexercised: own.filter((property) => (properties[property]?.exercised ?? 0) === 0),
    trouble: Object.entries(problems).flatMap(([code, { examples }]) =>
      code === 'infrastructure' || code.startsWith('self-check/') ? examples : [],
    ),
  };
}
