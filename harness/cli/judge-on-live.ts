// Judges mutants on the live lane: each mutant, like the reference, has its own processes and database, on one PostgreSQL server.
import { GATES } from '../../scenarios/gates/all-gates.ts';
import { DEFAULT_TIMINGS } from '../../src/contract/settings.ts';
import type { System } from '../../src/contract/system.ts';
import { system as reference } from '../../src/reference.ts';
import { describeAssembly } from '../adapters/assembly.ts';
import { checkersOracle } from '../evidence/checkers-oracle.ts';
import type { Executor } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import { ignoreCallerVariables } from '../live/caller-variables.ts';
import { removeRun } from '../live/external/run-databases.ts';
import { newRunPrefix } from '../live/external/run-prefix.ts';
import type { Infrastructure } from '../live/infrastructure.ts';
import { openLiveLane } from '../live/lane.ts';
import { openOwnInfrastructure, openTogether } from '../live/opening.ts';
import { runNames } from '../live/run-names.ts';
import { judgeMutant, type MutantJudgement } from '../runner/judge-mutant.ts';
import { type Mutant, showsOn } from '../runner/mutant.ts';
import { nearestFaults } from '../sim/nearest-faults.ts';
import type { MutantJudge } from './mutant-judge.ts';

/** How mutants are judged on the live lane. */
export interface LiveJudgeOptions {
  /** How many mutants are judged at once. */
  readonly slots: number | 'auto';
  readonly signal: AbortSignal;
  onProgress(line: string): void;
}

/** With more at once, starting processes would delay calls of the other mutants beyond their budgets. */
const AT_ONCE = 4;
/** Races between real processes do not happen in every attempt. The rarest, that of M13, happened in the third. */
const ATTEMPTS = 5;

/** Opens the server, and the lane of the reference. */
export async function openLiveJudge(options: LiveJudgeOptions): Promise<MutantJudge> {
  ignoreCallerVariables('embedded');
  const capacity = options.slots === 'auto' ? AT_ONCE : options.slots;
  const slots = capacity * 2;
  return openTogether(options, async (opening) => {
    const infrastructure = await openOwnInfrastructure('embedded', { slots }, opening);
    opening.closers.push(() => infrastructure.close());
    const baseline = await openOwnLane(reference, { ...options, infrastructure, slots: capacity });
    opening.closers.push(() => baseline.close());
    return {
      lane: 'live',
      capacity,
      judge: (mutant) => judgeOn(mutant, { ...options, infrastructure, baseline }),
      close: opening.close,
    };
  });
}

/** What all mutants share: the server, and the lane of the reference. */
interface SharedResources extends LiveJudgeOptions {
  readonly infrastructure: Infrastructure;
  readonly baseline: Executor;
}

async function judgeOn(mutant: Mutant, shared: SharedResources): Promise<MutantJudgement> {
  const { baseline } = shared;
  const bench = { oracle: checkersOracle, gates: GATES, reference: baseline };
  if (!showsOn(mutant, 'live')) return judgeMutant(mutant, { ...bench, mutant: baseline });
  const tried = mutant.killingCase === undefined ? undefined : liveCaseOf(mutant.killingCase, baseline);
  if (typeof tried === 'string') return notPlayed(tried);
  const executor = await openOwnLane(mutant.system, { ...shared, slots: 1 });
  try {
    let runs = 0;
    for (let attempt = 1; ; attempt += 1) {
      const judgement = await judgeMutant(mutant, { ...bench, mutant: executor }, tried);
      runs += judgement.runs;
      if (judgement.outcome === 'killed' || attempt === ATTEMPTS) return { ...judgement, runs };
    }
  } finally {
    await executor.close();
  }
}

function notPlayed(note: string): MutantJudgement {
  return { outcome: 'other-lane', namedBy: [], size: null, case: null, runs: 0, note };
}

/** The killing case in the form that this lane can play, or the reason why it cannot. */
function liveCaseOf(killingCase: Case, lane: Executor): Case | string {
  const nearest = nearestFaults(killingCase, DEFAULT_TIMINGS);
  if (nearest.kind === 'case') return lane.refusal(nearest.case)?.message ?? nearest.case;
  const { site, choice } = nearest.deviation;
  return `no fault of the live lane is similar to '${site}: ${choice}'`;
}

/** Opens a lane with its own names of databases and roles on the server; closing it removes them. */
async function openOwnLane(
  system: System,
  {
    infrastructure,
    slots,
    signal,
    onProgress,
  }: Omit<SharedResources, 'baseline' | 'slots'> & { readonly slots: number },
): Promise<Executor> {
  const prefix = newRunPrefix();
  const lane = await openLiveLane({
    description: describeAssembly(system),
    slots,
    infrastructure: { ...infrastructure, names: runNames(prefix.text) },
    signal,
    onProgress,
  });
  const close = async (): Promise<void> => {
    await lane.close();
    await removeRun(infrastructure.postgres, prefix);
  };
  return { ...lane, close };
}
