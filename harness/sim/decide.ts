// The one place where a run makes its choices. Code that can go several ways calls `decide` with a site and a key. The result is the site's
// first choice, unless a deviation or the chooser picks another. Explorers read from `points` which decisions came up.
import type { Deviation } from '../formats/case.ts';

/** A place in the simulator where a run can go several ways. The first choice is the undisturbed one. */
export interface DecisionSite<C extends string = string> {
  readonly name: string;
  readonly choices: readonly [C, ...C[]];
}

/** A decision that came up in a run. */
export interface DecisionPoint {
  readonly site: DecisionSite;
  readonly key: string;
  /** How often this site had decided about this key before. */
  readonly attempt: number;
  /** The index of the choice that was made. */
  readonly chosen: number;
  /** When it came up, in virtual time. */
  readonly atMicros: number;
}

/** A decision that is not made yet. */
export type OpenDecision = Omit<DecisionPoint, 'chosen' | 'atMicros'>;

/** Picks a choice by its index, for decisions that no deviation names. */
export type Chooser = (decision: OpenDecision) => number;

/** What determines the decisions of one run. */
export interface DeciderOptions {
  readonly deviations?: readonly Deviation[];
  readonly chooser?: Chooser;
  /** Whether all decision points are recorded, not only the deviations. */
  readonly isRecording?: boolean;
}

/** Makes the decisions of one run, and records them. */
export class Decider {
  /** Every decision point that came up, in order; empty unless the decider is recording. */
  readonly points: DecisionPoint[] = [];
  /** The deviations that took effect, from the list and from the chooser: they alone replay the run. */
  readonly taken: Deviation[] = [];
  /** Called with each deviation as it is taken. */
  onDeviation: ((deviation: Deviation) => void) | undefined;
  readonly #clock: { readonly nowMicros: number };
  /** The deviations whose decision has not come up yet. */
  readonly #awaited: Deviation[];
  readonly #chooser: Chooser | undefined;
  readonly #isRecording: boolean;
  readonly #attempts = new Map<DecisionSite, Map<string, number>>();
  #isClosed = false;

  constructor({ deviations = [], chooser, isRecording = false }: DeciderOptions, clock = { nowMicros: 0 }) {
    this.#clock = clock;
    this.#awaited = [...deviations];
    this.#chooser = chooser;
    this.#isRecording = isRecording;
  }

  /** From now on every decision is the undisturbed choice and is not recorded: the run heals all faults and recovers. */
  close(): void {
    this.#isClosed = true;
  }

  /** Whether a decision can still make a difference to this run. If not, expensive sites skip it. */
  get isOpen(): boolean {
    return !this.#isClosed && (this.#isExploring || this.#awaited.length > 0);
  }

  /** Whether a decision at this site can still make a difference. If not, the caller does not have to build an expensive key. */
  isOpenAt(site: DecisionSite): boolean {
    return this.isOpen && (this.#isExploring || this.#awaits(site));
  }

  /** Whether every decision point is recorded or chosen, not only those of the listed deviations. */
  get #isExploring(): boolean {
    return this.#isRecording || this.#chooser !== undefined;
  }

  /** The choice at this site for the message, call or process that the key names. */
  decide<C extends string>(site: DecisionSite<C>, key: string): C {
    if (!this.isOpenAt(site) || !(this.#isExploring || this.#awaits(site, key))) return site.choices[0];
    const attempt = this.#nextAttempt(site, key);
    const chosen = this.#choose({ site, key, attempt });
    if (this.#isRecording) this.points.push({ site, key, attempt, chosen, atMicros: this.#clock.nowMicros });
    const choice = site.choices[chosen] ?? site.choices[0];
    if (chosen !== 0) {
      const deviation = { site: site.name, key, attempt, choice };
      this.taken.push(deviation);
      this.onDeviation?.(deviation);
    }
    return choice;
  }

  /**
   * Whether a deviation at this site, for this key if one is given, has not come up yet. Attempts are counted for each site and key, so
   * `decide` need not count those of a site and key that no deviation names.
   */
  #awaits({ name }: DecisionSite, key?: string): boolean {
    for (const { site, key: itsKey } of this.#awaited) {
      if (site === name && (key === undefined || itsKey === key)) return true;
    }
    return false;
  }

  #nextAttempt(site: DecisionSite, key: string): number {
    let byKey = this.#attempts.get(site);
    if (byKey === undefined) {
      byKey = new Map();
      this.#attempts.set(site, byKey);
    }
    const attempt = byKey.get(key) ?? 0;
    byKey.set(key, attempt + 1);
    return attempt;
  }

  #choose(decision: OpenDecision): number {
    const { site, key, attempt } = decision;
    for (const [index, deviation] of this.#awaited.entries()) {
      if (deviation.attempt !== attempt || deviation.site !== site.name || deviation.key !== key) continue;
      this.#awaited.splice(index, 1);
      return Math.max(0, site.choices.indexOf(deviation.choice));
    }
    return this.#chooser?.(decision) ?? 0;
  }
}
