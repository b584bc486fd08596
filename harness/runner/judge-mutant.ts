// Judges one mutant: runs its killing case, or its gate, on the mutant and on the reference, and decides the outcome.
import { DEFAULT_READINGS } from '../../src/contract/readings.ts';
import { firstProblem } from '../evidence/judge.ts';
import type { Oracle } from '../evidence/oracle.ts';
import type { Executor } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import type { History } from '../formats/history.ts';
import type { MutantOutcome, MutantRow } from '../formats/mutants.ts';
import { eventsOf } from '../history/events-of.ts';
import { InfrastructureError, InterruptedError } from '../platform/errors.ts';
import { plain } from './counterexample.ts';
import { type Gate, runGates } from './gate.ts';
import { type KillingCase, markerOf, type Mutant } from './mutant.ts';
import { runCase } from './run-case.ts';
import { scenarioSize } from './scenario-size.ts';

/** What judging mutants needs. */
export interface MutantBench {
  readonly oracle: Oracle;
  readonly gates: readonly Gate[];
  /** The reference and the mutant, on one lane. */
  readonly reference: Executor;
  readonly mutant: Executor;
}

/** The fields of a mutant's row that its runs decide. */
export type MutantJudgement = Pick<MutantRow, 'outcome' | 'namedBy' | 'size' | 'case' | 'runs' | 'note'>;

/** What the case or the gate showed on one system. */
interface Trial {
  /** The properties that were violated, the gates that did not pass and the kinds of anomalies, each once. */
  readonly named: readonly string[];
  readonly histories: readonly History[];
}

/** Runs the case or the gate on one system. */
type RunTrial = (executor: Executor) => Promise<Trial>;

/** Judges a mutant by the given case, which defaults to its stored one; without a case, by its gate. */
export async function judgeMutant(
  mutant: Mutant,
  bench: MutantBench,
  killingCase: Case | KillingCase | undefined = mutant.killingCase,
): Promise<MutantJudgement> {
  const { equivalent, gate, id, lanes, shownBy } = mutant;
  if (equivalent !== undefined) return withoutRun('equivalent', equivalent.argument);
  if (!lanes.includes(bench.reference.lane))
    return withoutRun('other-lane', shownBy ?? `it shows on: ${lanes.join(', ')}`);
  const run = killingCase === undefined ? gateTrial(gate, bench) : caseTrial(killingCase, bench);
  if (run === undefined)
    return withoutRun('not-reached', 'this build has no killing case for it: store one, then run npm run build');
  const [ofMutant, ofReference] = [await run(bench.mutant), await run(bench.reference)];
  const own = ofMutant.named.filter((name) => isOwn(name, mutant));
  const demanded = killingCase !== undefined && 'namedBy' in killingCase ? killingCase.namedBy : [];
  const missing = demanded.filter((property) => !own.includes(property));
  const judged = {
    isBaselineBroken: ofReference.named.length > 0,
    isReached: ofMutant.histories.some((history) => hasMarker(history, id)),
    isNamedByOthers: own.length === 0 && ofMutant.named.length > 0,
    isNamedByOwn: own.length > 0 && missing.length === 0,
  };
  const named = own.length > 0 ? own : ofMutant.named;
  return {
    outcome: outcomeOf(judged),
    namedBy: [...(judged.isBaselineBroken ? ofReference.named : named)],
    size: killingCase === undefined ? null : sizeOf(killingCase),
    case: killingCase === undefined ? null : plain(killingCase),
    runs: ofMutant.histories.length + ofReference.histories.length,
    note: missing.length === 0 ? '' : `not named by ${missing.join(', ')}`,
  };
}

function withoutRun(outcome: MutantOutcome, note: string): MutantJudgement {
  return { outcome, namedBy: [], size: null, case: null, runs: 0, note };
}

function outcomeOf(judged: {
  readonly isBaselineBroken: boolean;
  readonly isReached: boolean;
  readonly isNamedByOthers: boolean;
  readonly isNamedByOwn: boolean;
}): MutantOutcome {
  if (judged.isBaselineBroken) return 'broken-baseline';
  if (!judged.isReached) return 'not-reached';
  if (judged.isNamedByOwn) return 'killed';
  return judged.isNamedByOthers ? 'surprise' : 'survived';
}

/** Whether the log of a run contains the marker of a mutant. */
export function hasMarker(history: History, id: string): boolean {
  return eventsOf(history, 'log').some(({ line }) => line.includes(markerOf(id)));
}

/** The size of a case for its row. */
function sizeOf({ scenario, deviations }: Case): NonNullable<MutantRow['size']> {
  const { messages, faults } = scenarioSize(scenario);
  return { messages, faults, deviations: deviations.length };
}

function isOwn(name: string, { breaks, gate }: Mutant): boolean {
  return breaks.some((property) => property === name) || (gate !== undefined && name === gateName(gate));
}

function gateName(id: string): string {
  return `gate ${id}`;
}

function caseTrial(tried: Case, { oracle }: MutantBench): RunTrial {
  return async (executor) => {
    const outcome = await runCase({ executor, oracle }, { scenario: tried.scenario, deviations: tried.deviations });
    if (outcome.kind === 'stopped') throw new InterruptedError('interrupted in the run of a mutant');
    if (outcome.kind === 'infrastructure') throw new InfrastructureError(outcome.message);
    const { judgement } = outcome;
    const crash = firstProblem(judgement, 'self-check');
    const properties = judgement.findings.map(({ property }) => property);
    const named = new Set([...properties, ...judgement.broken, ...(crash === undefined ? [] : [crash.code])]);
    return { named: [...named], histories: [judgement.history] };
  };
}

function gateTrial(id: string | undefined, { oracle, gates }: MutantBench): RunTrial | undefined {
  const own = gates.filter((gate) => gate.id === id);
  if (own.length === 0) return undefined;
  return async (executor) => {
    const histories: History[] = [];
    const watched: Executor = {
      ...executor,
      async run(tried, options) {
        const outcome = await executor.run(tried, options);
        if (outcome.kind === 'history') histories.push(outcome.history);
        return outcome;
      },
    };
    const about = { system: 'a mutant', readings: DEFAULT_READINGS, replayLine: () => '' };
    const report = await runGates(own, { executor: watched, oracle, ...about });
    const failed = report.gates.filter(({ outcome }) => outcome !== 'pass');
    return { named: failed.map((gate) => gateName(gate.id)), histories };
  };
}
