// The main job, on one lane: search, shrink what violates, confirm it, and decide over all evidence. It knows no lane and no system.
import { decide } from '../evidence/decide.ts';
import { addProblem, addViolation } from '../evidence/fold.ts';
import type { TaskResult, Violation } from '../execution/search-space.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import type { Demands } from '../formats/decision.ts';
import type { Evidence } from '../formats/evidence.ts';
import { PROPERTY_IDS } from '../formats/finding.ts';
import { replayToken } from '../formats/replay-token.ts';
import { caseHash, counterexampleOf, notShrunk, plain } from './counterexample.ts';
import { recheck } from './recheck.ts';
import { replay } from './replay.ts';
import type { LaneCertification } from './result-of.ts';
import { type CaseRun, runOnce, type RunContext, type ViolatingRun } from './run-case.ts';
import { scenarioSize } from './scenario-size.ts';
import { search, type SearchOptions } from './search.ts';
import { shrink } from './shrink.ts';

/** What a certification on one lane needs: a search, and an executor on which what it finds is run again. */
export interface CertifyOptions<Task, Result extends TaskResult> extends RunContext, SearchOptions<Task, Result> {
  /** The name of the system, for counterexamples and tokens. */
  readonly system: string;
  readonly demands: Demands;
}

/** Certifies on one lane, to the end of the search, its time limit or its signal. What was found until then is always kept and decided. */
export async function certify<Task, Result extends TaskResult>(
  options: CertifyOptions<Task, Result>,
): Promise<LaneCertification> {
  const startedMs = performance.now();
  const { executor, demands, signal } = options;
  const { evidence, violations, digest, end } = await search(options);
  const keeper = new Keeper(options, { evidence, startedMs, violating: violations.length });
  const runs = violations.filter(isRun);
  await (executor.isDeterministic ? keeper.shrinkEach(violations) : keeper.shrinkBest(runs));
  await keeper.confirm(runs);
  if (signal?.aborted === true && end !== 'interrupted') {
    addProblem(evidence, 'interrupted', 'after the search, while its counterexamples were made');
  }
  return {
    lane: {
      lane: executor.lane,
      decision: decide(evidence, demands),
      demands,
      evidence,
      infrastructure: { ...executor.describe() },
      ...(executor.isDeterministic ? { digest } : {}),
      durationMs: Math.round(performance.now() - startedMs),
    },
    counterexamples: keeper.counterexamples,
  };
}

function isRun(violation: Violation): violation is ViolatingRun {
  return 'run' in violation;
}

/** More would be alike. */
const SHRUNK_MAX = 4;

type KeeperOptions = RunContext & Pick<CertifyOptions<never, never>, 'system' | 'onProgress'>;

interface Found {
  readonly evidence: Evidence;
  readonly startedMs: number;
  readonly violating: number;
}

/** Makes counterexamples of violations, and adds to the evidence which of them were confirmed. */
class Keeper {
  readonly counterexamples: Counterexample[] = [];
  readonly #options: KeeperOptions;
  readonly #found: Found;

  constructor(options: KeeperOptions, found: Found) {
    this.#options = options;
    this.#found = found;
  }

  /** On a deterministic lane: the first case for each thing that is broken is made again and shrunk towards that thing. */
  async shrinkEach(violations: readonly Violation[]): Promise<void> {
    for (const [broken, violation] of firstOfEach(violations).slice(0, SHRUNK_MAX)) {
      this.#report(broken, 0);
      // Also after an interruption, which ends the shrinking at once: a violation that was found is kept in any case.
      const outcome = await runOnce({ ...this.#options, signal: undefined }, violation.case);
      if (outcome.kind === 'judged' && outcome.judgement.broken.includes(broken)) await this.#shrink(outcome, broken);
      else this.#mistrust(`${broken} did not come up again: ${replayToken(this.#options.system, violation.case)}`);
    }
  }

  /** On any other lane: the most promising run is shrunk, and for each other property that a run breaks first, one is kept as it was found. */
  async shrinkBest(violations: readonly ViolatingRun[]): Promise<void> {
    const first = new Map<string, CaseRun>();
    for (const { broken, run } of violations.toSorted(byPromise)) {
      const [thing = ''] = broken;
      if (!first.has(thing)) first.set(thing, run);
    }
    for (const [broken, run] of first) {
      if (this.counterexamples.length === 0) await this.#shrink(run, broken);
      else this.#keep(run, broken, notShrunk(run.case));
    }
  }

  /** What does not show again what it was kept for is no violation, but a defect of the rig. */
  async confirm(violations: readonly ViolatingRun[]): Promise<void> {
    for (const { run } of violations) {
      const { history, findings } = run.judgement;
      const check = recheck({ history, findings: [...findings] }, this.#options.oracle);
      if (!check.confirmed) this.#mistrust(check.reason);
    }
    for (const stored of this.counterexamples) {
      const reason = await this.#whyNotConfirmed(stored);
      if (reason !== undefined) this.#mistrust(`${stored.id}: ${reason}`);
      else this.#confirmed(stored);
    }
  }

  async #shrink(run: CaseRun, broken: string): Promise<void> {
    this.#report(broken, 0);
    const { run: smallest, ...how } = await shrink({
      ...this.#options,
      run,
      broken,
      onTried: (tried) => this.#report(broken, tried),
    });
    this.#keep(smallest, broken, { ...how, original: plain(run.case) });
  }

  #keep(run: CaseRun, broken: string, shrinking: Counterexample['shrinking']): void {
    const { system, executor } = this.#options;
    const made = counterexampleOf(run, { system, lane: executor.lane, broken, shrinking });
    if (this.counterexamples.every(({ id }) => id !== made.id)) this.counterexamples.push(made);
  }

  /** A history does not show why nothing happened any more, so a run that ended in an anomaly has to come to it again. */
  async #whyNotConfirmed(stored: Counterexample): Promise<string | undefined> {
    const { oracle } = this.#options;
    if (stored.anomaly === undefined) {
      const check = recheck(stored, oracle);
      return check.confirmed ? undefined : check.reason;
    }
    const { outcome, message } = await replay({
      ...this.#options,
      signal: undefined,
      case: stored.case,
      expected: stored.anomaly.kind,
    });
    return outcome === 'FAILED' ? undefined : `it did not come up again: ${message}`;
  }

  #confirmed(stored: Counterexample): void {
    const { anomaly, findings } = stored;
    const broken = anomaly === undefined ? new Set(findings.map(({ property }) => property)) : [anomaly.kind];
    const hash = caseHash(stored.case);
    for (const each of broken) addViolation(this.#found.evidence, each, { hash, lane: stored.lane });
  }

  #mistrust(reason: string): void {
    addProblem(this.#found.evidence, 'self-check/not-confirmed', reason);
  }

  #report(subject: string, tried: number): void {
    const { onProgress, executor } = this.#options;
    const { violating, startedMs } = this.#found;
    onProgress?.({
      phase: 'shrink',
      lane: executor.lane,
      done: tried,
      planned: tried,
      violations: violating,
      elapsedMs: performance.now() - startedMs,
      subject,
    });
  }
}

/** The violations, in their order, that each break something that none before them breaks, with the first such thing. */
function firstOfEach(violations: readonly Violation[]): (readonly [broken: string, violation: Violation])[] {
  const known = new Set<string>();
  return violations.flatMap((violation) => {
    const broken = violation.broken.find((each) => !known.has(each));
    for (const each of violation.broken) known.add(each);
    return broken === undefined ? [] : [[broken, violation] as const];
  });
}

/** S1 first, then the other properties in their order; among equals the case with the fewest messages and faults. */
function byPromise(a: Violation, b: Violation): number {
  return rank(a) - rank(b) || sizeOf(a) - sizeOf(b);
}

function rank({ broken }: Violation): number {
  const ids: readonly string[] = PROPERTY_IDS;
  return Math.min(...broken.map((each) => ids.indexOf(each)));
}

function sizeOf({ case: { scenario, deviations } }: Violation): number {
  const { messages, faults } = scenarioSize(scenario);
  return messages + faults + deviations.length;
}
