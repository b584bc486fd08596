// Where the times of a case change its outcome: two neighbouring values of each time, one that violates and one that passes. Between such a
// pair lies what the system does at that time, for example the end of a budget.
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import { timesOf } from '../faults/times.ts';
import type { Case } from '../formats/case.ts';
import type { Explanation } from '../formats/explanation.ts';
import type { Fault } from '../formats/fault.ts';
import { scenarioSchema } from '../formats/scenario.ts';
import { type CaseRun, runOnce, type RunContext } from './run-case.ts';
import { runInOrder } from './run-in-order.ts';

/** Two neighbouring values of one time. */
type Boundary = Explanation['boundaries'][number];

/** A boundary with the case on its passing side. */
export interface FoundBoundary {
  readonly boundary: Boundary;
  readonly passing: Case;
}

/** What a search for boundaries needs. Its signal ends it with those that were found. */
export interface BoundaryOptions extends RunContext {
  /** The violating run. */
  readonly run: CaseRun;
  /** What a value must show to count as violating. */
  readonly fingerprint: string;
}

/** A time of a case, in milliseconds. */
interface Time {
  readonly words: string;
  readonly atMs: number;
  at(ms: number): Case;
}

/** The outcome of a run with one value of a time; `unknown` where it could not be judged or shows something else. */
type Outcome = 'fails' | 'passes' | 'unknown';

/** A value that fails and one that does not. */
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
  /** How often each of the two values is tried that are reported. */
  readonly tries: number;
  /** The largest value that is tried. */
  readonly mostMs: number;
}

/** Runs of a deterministic lane tell milliseconds apart, and one try is as good as many. */
const EXACT: Manner = { gapMs: 1, width: 1, tries: 1, mostMs: 10_000 };

/** Real processes are late by milliseconds, and a run lasts longer than what it waits for. */
const RACING = { gapMs: 25, tries: 5, mostMs: 2_500 };

/** The smallest value that is tried. */
const LEAST_MS = 1;

/** How often a pair of values whose tries disagree is taken further apart. */
const WIDENINGS_MAX = 2;

/** The boundaries of each time of the case, the lower before the upper. */
export async function findBoundaries(options: BoundaryOptions): Promise<FoundBoundary[]> {
  const { executor } = options;
  const manner = executor.isDeterministic ? EXACT : { ...RACING, width: Math.max(1, executor.capacity) };
  const boundaries: FoundBoundary[] = [];
  for (const time of await timesIn(options)) {
    const search = new TimeSearch(time, manner, options);
    for (const endMs of [LEAST_MS, manner.mostMs]) {
      const boundary = await search.towards(endMs);
      if (boundary !== undefined) boundaries.push(boundary);
    }
  }
  return boundaries;
}

/** The times of the faults and flips of the case, and of the faults that its decisions equal, as far as those violate in their stead. */
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

/** A decision has no time to change, but the fault that does the same has. */
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

/** The fault that a decision equals, as a scenario holds it. */
function asPlayed(fault: Fault): Fault {
  if (!('decided' in fault)) return fault;
  const { decided: _decided, ...played } = fault;
  return played;
}

async function outcomeOf(tried: Case, options: BoundaryOptions): Promise<Outcome> {
  const { executor, oracle, signal, after, fingerprint } = options;
  if (!scenarioSchema.safeParse(tried.scenario).success || executor.refusal(tried) !== undefined) return 'unknown';
  const outcome = await runOnce({ executor, oracle, signal, after }, tried);
  if (outcome.kind !== 'judged') return 'unknown';
  const { judgement } = outcome;
  if (fingerprintsOf(judgement).includes(fingerprint)) return 'fails';
  return judgement.broken.length === 0 && judgement.missingReceipts.length === 0 ? 'passes' : 'unknown';
}

/** Looks for the boundaries of one time. */
class TimeSearch {
  readonly #time: Time;
  readonly #manner: Manner;
  readonly #options: BoundaryOptions;

  constructor(time: Time, manner: Manner, options: BoundaryOptions) {
    this.#time = time;
    this.#manner = manner;
    this.#options = options;
  }

  /** The boundary between the value of the case and an end, if the end passes and is at least the gap away. */
  async towards(endMs: number): Promise<FoundBoundary | undefined> {
    if (Math.abs(endMs - this.#time.atMs) < this.#manner.gapMs) return undefined;
    const [atEnd] = await this.#try([endMs]);
    if (atEnd !== 'passes') return undefined;
    let bracket: Bracket = { failsMs: this.#time.atMs, passesMs: endMs };
    for (let points = this.#between(bracket); points.length > 0; points = this.#between(bracket)) {
      bracket = narrowed(bracket, points, await this.#try(points));
      if (this.#options.signal?.aborted === true) return undefined;
    }
    return this.#confirmed(bracket, endMs);
  }

  /** Values between the two, evenly spread, none of them closer to another than the gap. */
  #between({ failsMs, passesMs }: Bracket): number[] {
    const { gapMs, width } = this.#manner;
    const steps = Math.min(width + 1, Math.floor(Math.abs(passesMs - failsMs) / gapMs));
    const each = (passesMs - failsMs) / steps;
    return Array.from({ length: Math.max(0, steps - 1) }, (_, index) => Math.round(failsMs + (index + 1) * each));
  }

  /** The pair as it is reported: all tries of one value fail and all of the other pass, or the values are taken further apart. */
  async #confirmed(bracket: Bracket, endMs: number): Promise<FoundBoundary | undefined> {
    const { tries, gapMs } = this.#manner;
    const { words, atMs } = this.#time;
    for (let widening = 0; widening <= WIDENINGS_MAX; widening += 1) {
      const failsMs = moved(bracket.failsMs, atMs, widening * gapMs);
      const passesMs = moved(bracket.passesMs, endMs, widening * gapMs);
      const outcomes = await this.#try([...repeated(failsMs, tries), ...repeated(passesMs, tries)]);
      const [failing, passing] = [outcomes.slice(0, tries), outcomes.slice(tries)];
      if (failing.every((each) => each === 'fails') && passing.every((each) => each === 'passes')) {
        const boundary = {
          words,
          fails: { atMs: failsMs, tries, violated: tries },
          passes: { atMs: passesMs, tries, violated: 0 },
        };
        return { boundary, passing: this.#time.at(passesMs) };
      }
    }
    return undefined;
  }

  /** The outcome of each value, as many at once as the lane has room for. */
  async #try(values: readonly number[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = values.map(() => 'unknown');
    await runInOrder({
      tasks: values,
      capacity: this.#manner.width,
      isOver: () => this.#options.signal?.aborted === true,
      run: (ms) => outcomeOf(this.#time.at(ms), this.#options),
      onResult: (outcome, _, index) => {
        outcomes[index] = outcome;
        return true;
      },
    });
    return outcomes;
  }
}

/** The pair around the first of the values, counted from the one that fails, that does not fail. */
function narrowed(bracket: Bracket, points: readonly number[], outcomes: readonly Outcome[]): Bracket {
  const first = outcomes.findIndex((outcome) => outcome !== 'fails');
  const failing = first === -1 ? points.length : first;
  return {
    failsMs: points[failing - 1] ?? bracket.failsMs,
    passesMs: points[failing] ?? bracket.passesMs,
  };
}

function moved(ms: number, towardsMs: number, byMs: number): number {
  return towardsMs > ms ? Math.min(towardsMs, ms + byMs) : Math.max(towardsMs, ms - byMs);
}

function repeated(ms: number, times: number): number[] {
  return Array.from({ length: times }, () => ms);
}
