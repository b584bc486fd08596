// What judges mutants on one lane, and the row that is made of a judgement.
import type { MutantRow } from '../formats/mutants.ts';
import type { MutantJudgement } from '../runner/judge-mutant.ts';
import type { Mutant } from '../runner/mutant.ts';

/** What was found out about one mutant; with `search` where a case was searched for. */
export type JudgedMutant = MutantJudgement & Pick<MutantRow, 'search'>;

/** Judges mutants on one lane. */
export interface MutantJudge {
  readonly lane: 'sim' | 'live';
  /** How many mutants it judges at once. */
  readonly capacity: number;
  judge(mutant: Mutant): Promise<JudgedMutant>;
  close(): Promise<void>;
}

/** Judges a mutant, and makes its row. */
export async function rowOf(mutant: Mutant, judge: MutantJudge): Promise<MutantRow> {
  const { id, name, breaks, lanes } = mutant;
  const started = performance.now();
  const judged = await judge.judge(mutant);
  const durationMs = Math.round(performance.now() - started);
  return { id, name, breaks: [...breaks], lanes: [...lanes], durationMs, ...judged };
}
