// Replays one run of the sim lane from its token: the same scenario, the same deviations, the same instant for everything.
import type { Replay as Recipe } from '../replay-token.ts';
import { judgeRun } from '../../runner/judged-run.ts';
import type { Oracle } from '../../evidence/oracle.ts';
import type { Replay } from '../../runner/replay.ts';
import type { MakeRun } from './made-run.ts';
import { triage } from './triage.ts';

/** What a replay of a simulated run needs. */
export interface ReplayRunOptions {
  readonly make: MakeRun;
  readonly oracle: Oracle;
  readonly recipe: Recipe;
  /** The property that was violated, or the kind of anomaly, if that is known; without it any violation is FAILED. */
  readonly expected?: string | undefined;
}

/** Runs it twice: a run that comes out differently the second time is no evidence of anything. */
export async function replayRun({ make, oracle, recipe, expected }: ReplayRunOptions): Promise<Replay> {
  const { deviations } = recipe;
  const run = await make(recipe);
  const again = await make(recipe);
  const nothing = { outcome: 'ERROR', run: undefined } as const;
  if (run.hash() !== again.hash()) {
    return { ...nothing, verdict: 'self-check', message: 'the run came out differently when it was made again' };
  }
  const { broken, anomaly, doubts, selfCheck } = triage(run, oracle);
  const [mistrust] = selfCheck;
  if (mistrust !== undefined) return { ...nothing, verdict: 'self-check', message: mistrust };
  const [doubt] = doubts;
  if (doubt !== undefined) return { ...nothing, verdict: 'inconclusive', message: doubt };
  const judged = judgeRun(run.history, oracle);
  const unmet = deviations.length - run.deviations.length;
  const met = unmet === 0 ? '' : `; ${unmet} of its ${deviations.length} deviations did not come up`;
  if (broken.length === 0) {
    return { outcome: 'FIXED', verdict: 'pass', message: `no finding in the same simulated run${met}`, run: judged };
  }
  const isSame = expected === undefined || broken.includes(expected);
  const message = anomaly ?? `violates ${broken.join(', ')}${met}`;
  return { outcome: isSame ? 'FAILED' : 'CHANGED', verdict: 'violation', message, run: judged };
}
