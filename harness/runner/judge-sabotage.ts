// Judges wire mutants: runs the scenario of each with and without the sabotage on one pair, and decides whether the checkers detect it.
import type { Judgement } from '../evidence/judge.ts';
import type { Oracle } from '../evidence/oracle.ts';
import type { Executor } from '../execution/executor.ts';
import type { PropertyId } from '../formats/finding.ts';
import { CATALOGUE } from '../formats/property-catalogue.ts';
import type { SabotageOutcome, SabotageRow } from '../formats/sabotage.ts';
import type { Scenario } from '../formats/scenario.ts';
import type { Vantage } from '../formats/vantages.ts';
import { eventsOf } from '../history/events-of.ts';
import { runCase } from './run-case.ts';

/** What judging needs of a wire mutant. */
export interface JudgedSabotage extends Pick<SabotageRow, 'breaks'> {
  readonly scenario: Scenario;
  /** The log line by which a run shows that the sabotage took effect. */
  readonly marker: string;
  /** Why it cannot be applied to the pair; undefined if it can. */
  readonly absence: string | undefined;
}

/** What judging wire mutants needs. */
export interface SabotageBench {
  readonly oracle: Oracle;
  /** The vantages of the pair. */
  readonly vantages: readonly Vantage[];
  /** The pair without sabotage. */
  readonly pair: Executor;
  readonly signal?: AbortSignal | undefined;
}

/** The fields of a wire mutant's row that its runs decide. */
export type SabotageJudgement = Pick<SabotageRow, 'outcome' | 'namedBy' | 'runs' | 'note'>;

/** How often each scenario is run: races of real processes have different outcomes, and a busy machine makes a correct pair late. */
const ATTEMPTS = 3;

/** The outcomes of a run, the most conclusive first. */
const MOST_CONCLUSIVE_FIRST = [
  'seen',
  'surprise',
  'blind',
  'not-reached',
] as const satisfies readonly SabotageOutcome[];

/** Judges wire mutants of one pair. Wire mutants with the same scenario share its baseline, the runs without sabotage. */
export class SabotageJudge {
  readonly #bench: SabotageBench;
  readonly #baselines = new Map<string, Promise<readonly string[]>>();

  constructor(bench: SabotageBench) {
    this.#bench = bench;
  }

  /** Judges one wire mutant; `sabotaged` runs the pair with it. */
  async judge(mutant: JudgedSabotage, sabotaged: Executor): Promise<SabotageJudgement> {
    const absence = mutant.absence ?? unjudged(mutant.breaks, this.#bench.vantages);
    if (absence !== undefined) return { outcome: 'not-applicable', namedBy: [], runs: 0, note: absence };
    const [broken, judged] = await Promise.all([this.#baselineOf(mutant.scenario), this.#attempts(mutant, sabotaged)]);
    return broken.length === 0 ? judged : { ...judged, outcome: 'broken-baseline', namedBy: [...broken] };
  }

  async #attempts(mutant: JudgedSabotage, sabotaged: Executor): Promise<SabotageJudgement> {
    let best: SabotageJudgement | undefined;
    for (let runs = 1; runs <= ATTEMPTS; runs += 1) {
      const next = { ...(await this.#attempt(mutant, sabotaged)), runs };
      if (best === undefined || rankOf(next) <= rankOf(best)) best = next;
      else best = { ...best, runs };
      if (best.outcome === 'seen') break;
    }
    return best ?? { outcome: 'not-reached', namedBy: [], runs: 0, note: '' };
  }

  async #attempt(mutant: JudgedSabotage, executor: Executor): Promise<Omit<SabotageJudgement, 'runs'>> {
    const run = await this.#run(mutant.scenario, executor);
    if (typeof run === 'string') return { outcome: 'not-reached', namedBy: [], note: run };
    const isReached = eventsOf(run.history, 'log').some(({ line }) => line === mutant.marker);
    if (!isReached) return { outcome: 'not-reached', namedBy: [], note: '' };
    const own = mutant.breaks.filter((property) => run.broken.includes(property));
    if (own.length > 0) return { outcome: 'seen', namedBy: own, note: '' };
    if (run.broken.length > 0) return { outcome: 'surprise', namedBy: [...run.broken], note: '' };
    const doubt = doubtOf(run, mutant.breaks);
    if (doubt !== undefined) return { outcome: 'not-reached', namedBy: [], note: doubt };
    return { outcome: 'blind', namedBy: [], note: `no run violates ${mutant.breaks.join(' or ')}` };
  }

  /** What the scenario violates without sabotage; empty if at least one attempt violates nothing. */
  #baselineOf(scenario: Scenario): Promise<readonly string[]> {
    const known = this.#baselines.get(scenario.name);
    if (known !== undefined) return known;
    const baseline = this.#runBaseline(scenario);
    this.#baselines.set(scenario.name, baseline);
    return baseline;
  }

  async #runBaseline(scenario: Scenario): Promise<readonly string[]> {
    let broken: readonly string[] = [];
    for (let runs = 1; runs <= ATTEMPTS; runs += 1) {
      const run = await this.#run(scenario, this.#bench.pair);
      broken = typeof run === 'string' ? [run] : run.broken;
      if (broken.length === 0) break;
    }
    return broken;
  }

  /** The judgement of a run, or the reason why there is none. */
  async #run(scenario: Scenario, executor: Executor): Promise<Judgement | string> {
    const { oracle, signal } = this.#bench;
    const outcome = await runCase({ executor, oracle, signal }, { scenario, deviations: [] });
    if (outcome.kind === 'judged') return outcome.judgement;
    return outcome.kind === 'stopped' ? 'interrupted' : outcome.message;
  }
}

/** Why a run without a violation shows nothing: disturbed observers or an undecided checker; undefined if neither is the case. */
function doubtOf({ observerProblems, properties }: Judgement, breaks: readonly PropertyId[]): string | undefined {
  if (observerProblems[0] !== undefined) return observerProblems[0];
  const open = properties.find(({ property, undecided }) => breaks.includes(property) && undecided.length > 0);
  return open === undefined ? undefined : `${open.property} is undecided`;
}

function rankOf({ outcome }: SabotageJudgement): number {
  return MOST_CONCLUSIVE_FIRST.findIndex((each) => each === outcome);
}

/** Why none of these properties can be judged on a pair with these vantages; undefined if one can. */
function unjudged(properties: readonly PropertyId[], vantages: readonly Vantage[]): string | undefined {
  const lacks = properties.map((property) => {
    const needs: readonly Vantage[] = CATALOGUE[property].vantages;
    return { property, missing: needs.filter((vantage) => !vantages.includes(vantage)) };
  });
  if (lacks.some(({ missing }) => missing.length === 0)) return undefined;
  return lacks.map(({ property, missing }) => `${property} needs ${missing.join(', ')}`).join('; ');
}
