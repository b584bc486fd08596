// The interface of a judge of mutants on one lane, and the row of a judgement.
import type { MutantRow } from '../formats/mutants.ts';
import type { MutantJudgement } from '../runner/judge-mutant.ts';
import type { Mutant } from '../runner/mutant.ts';

/** The judgement of one mutant; with `search` if a case was searched for. */
export type JudgedMutant = MutantJudgement & Pick<MutantRow, 'search'>;

/** Judges mutants on one lane. */
export interface MutantJudge {
  readonly lane: 'sim' | 'live';
  /** How many mutants it judges at once. */
  readonly capacity: number;
  judge(mutant: Mutant): Promise<JudgedMutant>;
  close(): Promise<void>;
}

/** Judges a mutant, and measures how long that takes. */
export async function rowOf(mutant: Mutant, judge: MutantJudge): Promise<MutantRow> {
  const { id, name, breaks, lanes } = mutant;
  const started = performance.now();
  const judged = await judge.judge(mutant);
  const durationMs = Math.round(performance.now() - started);
  return { id, name, breaks: [...breaks], lanes: [...lanes], durationMs, ...judged };
}
