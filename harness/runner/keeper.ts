// Makes the counterexamples of a certification: repeats, shrinks, confirms and explains what the search found, one counterexample for each
// fingerprint, and adds the confirmed ones to the evidence.
import { addFingerprint, addProblem, addViolation, propertyCounts } from '../evidence/fold.ts';
import { fingerprintKey, fingerprintOf, fingerprintsOf } from '../evidence/fingerprint.ts';
import type { TaskResult, TaskRunner, Violation } from '../execution/search-space.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import type { Evidence } from '../formats/evidence.ts';
import { brokenBy, PROPERTY_IDS } from '../formats/finding.ts';
import { replayToken } from '../formats/replay-token.ts';
import { type CameAfter, FRESH } from '../formats/runs-before.ts';
import { findRunsBefore, showsAfter } from './came-after.ts';
import { confirmEach } from './confirmation.ts';
import { caseHash, counterexampleOf, notShrunk, shrinkingOf } from './counterexample.ts';
import type { StillViolating } from './corpus.ts';
import { explainEach } from './explain-each.ts';
import { labelLater } from './label-later.ts';
import { byPromise, caseSize, choose, type FoundFingerprint } from './findings.ts';
import { recheck } from './recheck.ts';
import type { CaseRun, RunContext, ViolatingRun } from './run-case.ts';
import type { Progress } from './search.ts';
import { type Met, shrink, type ShrinkBounds, type Shrunk } from './shrink.ts';
import { ShrinkBudget } from './shrink-budget.ts';

/** What a keeper needs. */
export interface KeeperOptions<Task> extends RunContext {
  /** The name of the system, for counterexamples and tokens. */
  readonly system: string;
  readonly runner: Pick<TaskRunner<Task, TaskResult>, 'relive'>;
  /** Whether the first finding ended the search. Then real processes shrink, confirm and explain only that one, because it takes long. */
  readonly stopsAtFirst?: boolean | undefined;
  /** The time for shrinking and explaining, together. */
  readonly shrinkTimeMs?: number | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Called with each counterexample as soon as it is kept, before it is confirmed and explained. */
  readonly onCounterexample?: ((counterexample: Counterexample) => void) | undefined;
}

/** What a search found. The keeper adds to its evidence. */
export interface Kept<Task> {
  readonly evidence: Evidence;
  readonly startedMs: number;
  readonly found: readonly FoundFingerprint<Violation, Task>[];
}

/** How many candidates are tried in fresh processes: starting one takes as long as hundreds of runs. */
const FRESH_TRIES_MAX = 24;

/** For how many findings the earlier runs that they need are looked for: that takes as long as the search did. */
const LATER_MAX = 4;

/** How many findings that only shrinking showed get counterexamples. */
const MET_MAX = 8;

/** How many counterexamples are made after an interruption, for a user who waits for the end. */
const INTERRUPTED_MAX = 4;

/** The counterexamples of one certification. */
export class Keeper<Task> {
  readonly counterexamples: Counterexample[] = [];
  readonly #options: KeeperOptions<Task>;
  readonly #kept: Kept<Task>;
  /** The runs of the counterexamples, by the ids of the counterexamples. */
  readonly #runs = new Map<string, CaseRun>();
  /** The fingerprints that the counterexamples show already, with the sizes of their cases. */
  readonly #shown = new Map<string, number>();
  /** The fingerprints that shrinking met, with the first run that shows each. */
  readonly #met = new Map<string, CaseRun>();
  readonly #budget: ShrinkBudget;
  #latersLeft = LATER_MAX;
  /** How many of the counterexamples are entries of the corpus; they come first. */
  #ofCorpus = 0;

  constructor(options: KeeperOptions<Task>, kept: Kept<Task>) {
    this.#options = options;
    this.#kept = kept;
    this.#budget = new ShrinkBudget({ ...options, isDeterministic: options.executor.isDeterministic });
  }

  /** Keeps the violating runs of the corpus without shrinking them. */
  keepCorpus(violating: readonly StillViolating[]): void {
    for (const { run, fingerprint, after } of violating)
      this.#keep(run, fingerprint, { shrinking: notShrunk(run.case), ...(after === undefined ? {} : { after }) });
    this.#ofCorpus = this.counterexamples.length;
  }

  /** Makes the counterexamples: keeps what the search found, then labels, confirms and explains it. */
  async keepEach(): Promise<void> {
    const chosen = choose(this.#kept.found);
    const { executor, signal } = this.#options;
    for (const found of executor.isDeterministic ? chosen : chosen.toSorted(byPromise)) {
      if (this.#isShown(found)) continue;
      if (signal?.aborted === true && this.counterexamples.length >= INTERRUPTED_MAX) break;
      this.#report(found.fingerprint, 0);
      if (isRun(found.violation) && !executor.isDeterministic)
        await this.#shrink(found.violation.run, found.fingerprint);
      else await this.#keepRepeated(found);
    }
    await this.#keepMet();
    if (!executor.isDeterministic) await labelLater(this.counterexamples, this.#runs, this.#options);
    const doubts = await this.#renew((own) => confirmEach(own, this.#options));
    for (const doubt of doubts) this.#mistrust(doubt);
    const timeMs = this.#budget.explainingMs();
    await this.#renew((own) => explainEach(own, { ...this.#options, runs: this.#runs, timeMs }));
  }

  /**
   * Lets `work` replace counterexamples. If the first finding ended the search of a lane of real processes, `work` gets only the entries of
   * the corpus and the counterexample of that finding.
   */
  async #renew<T>(work: (own: Counterexample[]) => Promise<T>): Promise<T> {
    const { executor, stopsAtFirst = false } = this.#options;
    const own = this.counterexamples.slice(
      0,
      stopsAtFirst && !executor.isDeterministic ? this.#ofCorpus + 1 : undefined,
    );
    const result = await work(own);
    this.counterexamples.splice(0, own.length, ...own);
    return result;
  }

  /**
   * Re-checks the stored histories. A history that does not show its findings again is no violation but a defect of the rig; its
   * counterexample is removed unless another run showed the violation.
   */
  confirm(): void {
    for (const { violation } of choose(this.#kept.found)) {
      if (!isRun(violation)) continue;
      const { history, findings } = violation.run.judgement;
      // An anomaly is not in the history, so it has no findings to re-check.
      if (findings.length === 0 && violation.run.anomalies.length > 0) continue;
      const check = recheck({ history, findings: [...findings] }, this.#options.oracle);
      if (!check.confirmed) this.#mistrust(check.reason);
    }
    for (const stored of this.counterexamples.splice(0)) {
      // A history cannot show an anomaly, such as a deadlock: its run was repeated before it was kept.
      const check = stored.anomaly === undefined ? recheck(stored, this.#options.oracle) : { confirmed: true as const };
      if (check.confirmed) this.#confirmed(stored);
      else this.#mistrust(`${stored.id}: ${check.reason}`);
      if (check.confirmed || cameUpAgain(stored)) this.counterexamples.push(stored);
    }
  }

  /** Whether a counterexample of at most the same size shows the fingerprint already. A smaller case still gets its own counterexample. */
  #isShown({ fingerprint, violation }: FoundFingerprint): boolean {
    const size = this.#shown.get(fingerprint);
    return size !== undefined && size <= caseSize(violation);
  }

  /**
   * Keeps the findings that only shrinking showed. On a deterministic lane a fresh process must show them, because the earlier runs of the
   * process that shrank were not recorded.
   */
  async #keepMet(): Promise<void> {
    const { executor, signal, stopsAtFirst = false } = this.#options;
    const known = new Set(this.#kept.found.map(({ fingerprint }) => fingerprint));
    const met = [...this.#met].filter(([fingerprint]) => !known.has(fingerprint) && !this.#shown.has(fingerprint));
    for (const [fingerprint, run] of stopsAtFirst ? [] : met.slice(0, MET_MAX)) {
      if (signal?.aborted === true || this.#shown.has(fingerprint)) continue;
      this.#report(fingerprint, 0);
      if (!executor.isDeterministic) await this.#shrink(run, fingerprint);
      else if (await this.#isShownFresh(run, fingerprint)) await this.#shrink(run, fingerprint);
    }
  }

  async #isShownFresh({ case: tried }: CaseRun, fingerprint: string): Promise<boolean> {
    return (await showsAfter(this.#options, { case: tried, fingerprint }, FRESH)) !== undefined;
  }

  /** Keeps a finding whose run must be repeated, as on a deterministic lane. If no fresh process shows it, it needs its earlier runs. */
  async #keepRepeated({ fingerprint, violation, task }: FoundFingerprint<Violation, Task>): Promise<void> {
    const shown = { case: violation.case, fingerprint };
    const again = await showsAfter(this.#options, shown);
    if (again !== undefined && (await this.#shrink(again, fingerprint))) return;
    const fresh = await showsAfter(this.#options, shown, FRESH);
    if (fresh !== undefined) return this.#shrinkFresh(fresh, fingerprint);
    const { ordinal } = violation;
    const isLookedFor = ordinal !== undefined && this.#latersLeft > 0;
    if (isLookedFor) this.#latersLeft -= 1;
    const later = isLookedFor ? await findRunsBefore(this.#options, shown, { task, ordinal }) : undefined;
    if (later !== undefined) {
      this.#keep(later.run, fingerprint, { shrinking: notShrunk(later.run.case), after: later.after });
    } else if (isLookedFor || ordinal === undefined) {
      const token = replayToken(this.#options.system, violation.case);
      this.#mistrust(`${brokenBy(fingerprint)} did not come up again: ${token}`);
    }
  }

  /**
   * Shrinks a run within the budget, and keeps the result if a fresh process shows it; returns whether it was kept. The result of real
   * processes is always kept, because its history shows the violation.
   */
  async #shrink(run: CaseRun, fingerprint: string): Promise<boolean> {
    const shrunk = await this.#budget.spend((bounds) => this.#shrunk(run, fingerprint, { bounds }));
    const smallest = shrunk?.run ?? run;
    const how = { shrinking: shrunk === undefined ? notShrunk(run.case) : shrinkingOf(run, shrunk) };
    if (!this.#options.executor.isDeterministic) {
      this.#keep(smallest, fingerprint, how);
      return true;
    }
    const fresh = await showsAfter(this.#options, { case: smallest.case, fingerprint }, FRESH);
    if (fresh !== undefined) this.#keep(fresh, fingerprint, how);
    return fresh !== undefined;
  }

  async #shrunk(
    run: CaseRun,
    fingerprint: string,
    within: { readonly bounds: ShrinkBounds; readonly after?: typeof FRESH },
  ): Promise<Shrunk> {
    const shrunk = await shrink({
      ...this.#options,
      ...within,
      run,
      fingerprint,
      onTried: (tried) => this.#report(fingerprint, tried),
    });
    this.#note(shrunk.met);
    return shrunk;
  }

  #note(met: readonly Met[]): void {
    for (const { fingerprint, run } of met) if (!this.#met.has(fingerprint)) this.#met.set(fingerprint, run);
  }

  /** Shrinks with a fresh process for each candidate, because what another process shows depends on its earlier runs. */
  async #shrinkFresh(run: CaseRun, fingerprint: string): Promise<void> {
    const within = { bounds: { tries: FRESH_TRIES_MAX }, after: FRESH };
    const shrunk = await this.#shrunk(run, fingerprint, within);
    this.#keep(shrunk.run, fingerprint, { shrinking: shrinkingOf(run, shrunk) });
  }

  #keep(run: CaseRun, fingerprint: string, how: { shrinking: Counterexample['shrinking']; after?: CameAfter }): void {
    const { system, executor } = this.#options;
    const made = counterexampleOf(run, { system, lane: executor.lane, fingerprint, ...how });
    for (const each of [fingerprint, ...fingerprintsOf(run.judgement)]) this.#shown.set(each, caseSize(run));
    this.#runs.set(made.id, run);
    if (this.counterexamples.some(({ id }) => id === made.id)) return;
    this.counterexamples.push(made);
    this.#options.onCounterexample?.(made);
  }

  #confirmed(stored: Counterexample): void {
    const { anomaly, findings, history } = stored;
    const shown = anomaly === undefined ? findings.map((finding) => fingerprintOf(history, finding)) : [anomaly.kind];
    const violation = { hash: caseHash(stored.case), lane: stored.lane };
    const { evidence } = this.#kept;
    for (const each of new Set(shown)) addViolation(evidence, fingerprintKey(each), violation);
    // A repeated run can show a fingerprint that no counted run showed.
    for (const each of new Set([...shown, ...findings.map((finding) => fingerprintOf(history, finding))]))
      if (evidence.fingerprints?.[each] === undefined) addFingerprint(evidence, each);
    for (const property of PROPERTY_IDS) {
      if (findings.every((finding) => finding.property !== property)) continue;
      const counts = propertyCounts(evidence, property);
      counts.violations = Math.max(1, counts.violations);
    }
  }

  #mistrust(reason: string): void {
    addProblem(this.#kept.evidence, 'self-check/not-confirmed', reason);
  }

  #report(fingerprint: string, tried: number): void {
    const { onProgress, executor } = this.#options;
    const { found, startedMs } = this.#kept;
    onProgress?.({
      phase: 'shrink',
      lane: executor.lane,
      done: tried,
      planned: tried,
      violations: found.length,
      elapsedMs: performance.now() - startedMs,
      subject: brokenBy(fingerprint),
    });
  }
}

/** Whether further runs showed the counterexample. One that needs earlier runs was repeated after them before it was kept. */
function cameUpAgain({ confirmation, after }: Counterexample): boolean {
  return after !== undefined || (confirmation?.violated ?? 0) > 0;
}

function isRun(violation: Violation): violation is ViolatingRun {
  return 'run' in violation;
}
