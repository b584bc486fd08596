// Finds the values of a case's times at which the outcome changes: two neighbouring values of one time, one that violates and one that
// passes. Between them lies something that the system does at that time, for example the end of a budget.
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import { isWorthRerun } from '../evidence/judge.ts';
import { timesOf } from '../faults/times.ts';
import type { Case } from '../formats/case.ts';
import type { Explanation } from '../formats/explanation.ts';
import type { Fault } from '../formats/fault.ts';
import { scenarioSchema } from '../formats/scenario.ts';
import { type CaseRun, runCase, type RunContext } from './run-case.ts';
import { runInOrder } from './run-in-order.ts';

/** Two neighbouring values of one time. */
type Boundary = Explanation['boundaries'][number];

/** A boundary, and the case with the value that passes. */
export interface FoundBoundary {
  readonly boundary: Boundary;
  readonly passing: Case;
}

/** What a search for boundaries needs. When the signal is aborted, the search returns the boundaries found by then. */
export interface BoundaryOptions extends RunContext {
  /** The violating run. */
  readonly run: CaseRun;
  /** The fingerprint that a run must show to count as violating. */
  readonly fingerprint: string;
}

/** A time of a case, in milliseconds. `at` returns the case with another value of the time. */
interface Time {
  readonly words: string;
  readonly atMs: number;
  at(ms: number): Case;
}

/** The outcome of a run with one value of a time; `unknown` if the run could not be judged or shows another violation. */
type Outcome = 'fails' | 'passes' | 'unknown';

/** A value that fails and a value that does not fail. The boundary is between them. */
interface Bracket {
  readonly failsMs: number;
  readonly passesMs: number;
}

/** How values of a time are tried on a lane. */
interface Manner {
  /** Values closer than this are not distinguished. */
  readonly gapMs: number;
  /** How many values are tried at once. */
  readonly width: number;
  /** How often each of the two values is tried before it is reported. */
  readonly tries: number;
  /** The largest value that is tried. */
  readonly mostMs: number;
}

/** On a deterministic lane a single millisecond makes a difference, and one try is enough. */
const EXACT: Manner = { gapMs: 1, width: 1, tries: 1, mostMs: 10_000 };

/** Real processes are late by milliseconds, so values lie further apart. Their delays take real time, so the largest value is smaller. */
const RACING = { gapMs: 25, tries: 5, mostMs: 2_500 };

/** The smallest value that is tried. */
const LEAST_MS = 1;

/** How often values are moved further apart if their tries disagree. */
const WIDENINGS_MAX = 2;

/** Finds the boundaries of each time of the case, the lower before the upper. */
export async function findBoundaries(options: BoundaryOptions): Promise<FoundBoundary[]> {
  const { executor } = options;
  const manner = executor.isDeterministic ? EXACT : { ...RACING, width: Math.max(1, executor.capacity) };
  const ends = (await timesIn(options)).flatMap((time) =>
    [LEAST_MS, manner.mostMs]
      .filter((endMs) => Math.abs(endMs - time.atMs) >= manner.gapMs)
      .map((endMs) => ({ time, endMs })),
  );
  const searches = ends.map((end) => new TimeSearch(end, manner, options));
  await tryFirst(searches, manner, options);
  const boundaries: FoundBoundary[] = [];
  for (const search of searches) {
    const boundary = await search.find();
    if (boundary !== undefined) boundaries.push(boundary);
  }
  return boundaries;
}

/** Tries the smallest and the largest value of all times at once and, if slots are free, values between. */
async function tryFirst(searches: readonly TimeSearch[], { width }: Manner, options: BoundaryOptions): Promise<void> {
  const each = Math.max(1, Math.floor(width / searches.length));
  const all = searches.flatMap((search) => search.firstValues(each).map((ms) => ({ search, ms })));
  const outcomes = await outcomesOf(
    all.map(({ search, ms }) => search.caseAt(ms)),
    width,
    options,
  );
  for (const search of searches) {
    search.begin(outcomes.filter((_, index) => all[index]?.search === search));
  }
}

/** The times of the faults and flips of the case, and of faults that violate in the place of a decision. */
async function timesIn(options: BoundaryOptions): Promise<Time[]> {
  const { scenario, deviations } = options.run.case;
  const flips = scenario.steps.flatMap((step, index): Time[] =>
    step.kind === 'flip'
      ? [
          {
            words: `the moment of the flip to ${step.mode}`,
            atMs: step.atMs,
            at: (atMs) => ({
              scenario: { ...scenario, steps: scenario.steps.with(index, { ...step, atMs }) },
              deviations,
            }),
          },
        ]
      : [],
  );
  const own = scenario.faults.flatMap((_, index) => timesOfFault(options.run.case, index));
  return [...own, ...flips, ...(await timesOfDecisions(options))];
}

function timesOfFault({ scenario, deviations }: Case, index: number): Time[] {
  const fault = scenario.faults[index];
  if (fault === undefined) return [];
  return timesOf(fault).map(({ words, atMs, at }) => ({
    words,
    atMs,
    at: (ms) => ({ scenario: { ...scenario, faults: scenario.faults.with(index, at(ms)) }, deviations }),
  }));
}

/** A decision has no time that can be changed. If the case violates with the fault of the same effect instead, that fault's times count. */
async function timesOfDecisions(options: BoundaryOptions): Promise<Time[]> {
  const { case: found, judgement } = options.run;
  const { scenario, deviations } = found;
  const decided = judgement.history.scenario.faults.slice(scenario.faults.length).map(asPlayed);
  const times: Time[] = [];
  for (const fault of decided) {
    if (timesOf(fault).length === 0) continue;
    for (const index of deviations.keys()) {
      const played = {
        scenario: { ...scenario, faults: [...scenario.faults, fault] },
        deviations: deviations.toSpliced(index, 1),
      };
      if ((await outcomeOf(played, options)) !== 'fails') continue;
      times.push(...timesOfFault(played, scenario.faults.length));
      break;
    }
  }
  return times;
}

/** The fault with the effect of a decision, in the form that a scenario has. */
function asPlayed(fault: Fault): Fault {
  if (!('decided' in fault)) return fault;
  const { decided: _decided, ...played } = fault;
  return played;
}

async function outcomeOf(tried: Case, options: BoundaryOptions): Promise<Outcome> {
  const { executor, oracle, signal, after, fingerprint } = options;
  if (!scenarioSchema.safeParse(tried.scenario).success || executor.refusal(tried) !== undefined) return 'unknown';
  const outcome = await runCase({ executor, oracle, signal, after }, tried);
  if (outcome.kind !== 'judged') return 'unknown';
  const { judgement } = outcome;
  if (fingerprintsOf(judgement).includes(fingerprint)) return 'fails';
  return judgement.broken.length === 0 && !isWorthRerun(judgement) ? 'passes' : 'unknown';
}

/** The outcome of each case; `unknown` for those that did not run. At most `width` cases run at once. */
async function outcomesOf(cases: readonly Case[], width: number, options: BoundaryOptions): Promise<Outcome[]> {
  const outcomes: Outcome[] = cases.map(() => 'unknown');
  await runInOrder({
    tasks: cases,
    capacity: width,
    isOver: () => options.signal?.aborted === true,
    run: (tried) => outcomeOf(tried, options),
    onResult: (outcome, _, index) => {
      outcomes[index] = outcome;
      return true;
    },
  });
  return outcomes;
}

/** One of the two values of a boundary, the outcome that its tries must have, and the direction in which it is moved otherwise. */
interface Side {
  ms: number;
  readonly wanted: Outcome;
  readonly towardsMs: number;
}

/** Searches the boundary between the value that a time has in the case and the smallest or the largest value. */
class TimeSearch {
  readonly #time: Time;
  readonly #endMs: number;
  readonly #manner: Manner;
  readonly #options: BoundaryOptions;
  /** Undefined if no value that passes was found. */
  #bracket: Bracket | undefined;
  #first: readonly number[] = [];

  constructor({ time, endMs }: { time: Time; endMs: number }, manner: Manner, options: BoundaryOptions) {
    this.#time = time;
    this.#endMs = endMs;
    this.#manner = manner;
    this.#options = options;
  }

  caseAt(ms: number): Case {
    return this.#time.at(ms);
  }

  /** The smallest or largest value, and values before it; at most `count` in all. */
  firstValues(count: number): readonly number[] {
    this.#first = [...this.#between({ failsMs: this.#time.atMs, passesMs: this.#endMs }, count - 1), this.#endMs];
    return this.#first;
  }

  /** Narrows the search to the outcomes of the first values. */
  begin(outcomes: readonly Outcome[]): void {
    const whole = { failsMs: this.#time.atMs, passesMs: this.#endMs };
    this.#bracket = outcomes.includes('passes') ? narrowed(whole, this.#first, outcomes) : undefined;
  }

  /** The boundary; undefined if no value passes, or tries keep disagreeing. */
  async find(): Promise<FoundBoundary | undefined> {
    let bracket = this.#bracket;
    if (bracket === undefined) return undefined;
    const { width } = this.#manner;
    for (let points = this.#between(bracket, width); points.length > 0; points = this.#between(bracket, width)) {
      const cases = points.map((ms) => this.caseAt(ms));
      bracket = narrowed(bracket, points, await outcomesOf(cases, width, this.#options));
    }
    return this.#confirmed(bracket);
  }

  /** At most `count` evenly spread values between the two; fewer if they would be closer to each other than `gapMs`. */
  #between({ failsMs, passesMs }: Bracket, count: number): number[] {
    const steps = Math.min(count + 1, Math.floor(Math.abs(passesMs - failsMs) / this.#manner.gapMs));
    const each = (passesMs - failsMs) / steps;
    return Array.from({ length: Math.max(0, steps - 1) }, (_, index) => Math.round(failsMs + (index + 1) * each));
  }

  /** Confirms the boundary: all tries of one value fail and all of the other pass. A value whose tries disagree is moved further away. */
  async #confirmed({ failsMs, passesMs }: Bracket): Promise<FoundBoundary | undefined> {
    const { tries, gapMs } = this.#manner;
    const fails: Side = { ms: failsMs, wanted: 'fails', towardsMs: this.#time.atMs };
    const passes: Side = { ms: passesMs, wanted: 'passes', towardsMs: this.#endMs };
    let open = await this.#disagreeing([fails, passes]);
    for (let widening = 0; open.length > 0; widening += 1) {
      if (widening === WIDENINGS_MAX || !open.every((side) => moveAway(side, gapMs))) return undefined;
      open = await this.#disagreeing(open);
    }
    const boundary = {
      words: this.#time.words,
      fails: { atMs: fails.ms, tries, violated: tries },
      passes: { atMs: passes.ms, tries, violated: 0 },
    };
    return { boundary, passing: this.caseAt(passes.ms) };
  }

  /** The sides of which a try had another outcome than the wanted one. After such a try, no further tries of the side begin. */
  async #disagreeing(sides: readonly Side[]): Promise<Side[]> {
    const { tries, width } = this.#manner;
    const disagreeing = new Set<Side>();
    await runInOrder({
      tasks: Array.from({ length: tries }, () => sides).flat(),
      capacity: width,
      run: async (side) => {
        if (disagreeing.has(side)) return;
        if ((await outcomeOf(this.caseAt(side.ms), this.#options)) !== side.wanted) disagreeing.add(side);
      },
      onResult: () => true,
    });
    return [...disagreeing];
  }
}

/** The two neighbours between which the outcome changes first: the last value that fails, and the first value after it that does not. */
function narrowed(bracket: Bracket, points: readonly number[], outcomes: readonly Outcome[]): Bracket {
  const first = outcomes.findIndex((outcome) => outcome !== 'fails');
  const failing = first === -1 ? points.length : first;
  return {
    failsMs: points[failing - 1] ?? bracket.failsMs,
    passesMs: points[failing] ?? bracket.passesMs,
  };
}

/** Moves a side further away; returns whether there was room. */
function moveAway(side: Side, byMs: number): boolean {
  const { ms, towardsMs } = side;
  side.ms = towardsMs > ms ? Math.min(towardsMs, ms + byMs) : Math.max(towardsMs, ms - byMs);
  return side.ms !== ms;
}
