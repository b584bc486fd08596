// Makes a counterexample from runs of a mutant in virtual time, in the form in which a certification stores it.
import { doubleSendCounterexample } from '../../../reports/history.fixture.ts';
import { mutantOf } from '../../../scenarios/mutants/all-mutants.ts';
import type { System } from '../../../src/contract/system.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import type { Judgement } from '../../evidence/judge.ts';
import type { Case } from '../../formats/case.ts';
import type { Counterexample } from '../../formats/counterexample.ts';
import { runCase } from '../../runner/run-case.ts';
import { inlinePool } from '../../sim/explore/inline-pool.ts';
import { openSimLane } from '../../sim/lane.ts';

type StoredCase = Counterexample['case'];

/** A counterexample: the run of a mutant's stored case, a larger run as before shrinking, and one without deviations, which passes. */
export async function counterexampleOfMutant(id: string): Promise<Counterexample> {
  const { system, stored: smallest } = await storedCaseOf(id);
  const pool = inlinePool(await openSimLane(system), checkersOracle);
  const judged = async (wanted: Case): Promise<Judgement> => {
    const run = await runCase({ executor: pool.asExecutor(), oracle: checkersOracle }, wanted);
    if (run.kind !== 'judged') throw new Error(`mutant ${id}: ${run.kind}`);
    return run.judgement;
  };
  try {
    const [original, passing] = [withMoreMessages(smallest), { ...smallest, deviations: [] }];
    const [own, found, without] = [await judged(smallest), await judged(original), await judged(passing)];
    if (without.findings.length > 0 || own.findings.length === 0) throw new Error(`mutant ${id} needs no deviation`);
    return {
      ...doubleSendCounterexample,
      id: `${own.findings[0]?.property ?? ''}-00000001`,
      system: system.name,
      lane: 'sim',
      case: smallest,
      findings: [...own.findings],
      history: own.history,
      shrinking: { tried: 40, kept: 2, stopped: 'minimal', original, originalHistory: found.history },
      explanation: {
        ingredients: [{ kind: 'deviation', words: 'the late answer', state: 'necessary', tries: 11, violated: 0 }],
        boundaries: [],
        nearestPassing: { words: 'without the late answer', case: passing, history: without.history },
      },
    };
  } finally {
    await pool.close();
  }
}

function withMoreMessages({ scenario, deviations }: StoredCase): StoredCase {
  const steps = scenario.steps.map((step) => (step.kind === 'entry' ? { ...step, messages: 3 } : step));
  return { scenario: { ...scenario, steps }, deviations };
}

/** The judgement of a run of a mutant's stored case. */
export async function runOfMutant(id: string): Promise<Judgement> {
  const { system, stored } = await storedCaseOf(id);
  const pool = inlinePool(await openSimLane(system), checkersOracle);
  try {
    const run = await runCase({ executor: pool.asExecutor(), oracle: checkersOracle }, stored);
    if (run.kind !== 'judged') throw new Error(`mutant ${id}: ${run.kind}`);
    return run.judgement;
  } finally {
    await pool.close();
  }
}

async function storedCaseOf(id: string): Promise<{ system: System; stored: StoredCase }> {
  const { system, killingCase } = await mutantOf(id);
  if (killingCase === undefined) throw new Error(`mutant ${id} has no stored case`);
  const { scenario, deviations } = killingCase;
  return { system, stored: { scenario, deviations: [...deviations] } };
}
