// The one place where a run makes its choices. Code that could go several ways asks here, by site and key; the answer is the site's
// first choice unless a list of deviations, or a chooser, says otherwise. Explorers read from `points` what was asked.
import type { Deviation } from '../formats/case.ts';

/** A place in the simulator where things can go in several ways. The first choice is the undisturbed one. */
export interface DecisionSite<C extends string = string> {
  readonly name: string;
  readonly choices: readonly [C, ...C[]];
}

/** A decision that came up in a run. */
export interface DecisionPoint {
  readonly site: DecisionSite;
  readonly key: string;
  /** How often this site had been asked about this key before. */
  readonly attempt: number;
  /** The index of the choice that was made. */
  readonly chosen: number;
  /** When it came up. */
  readonly atMicros: number;
}

/** Where a decision stands before it is made. */
export type OpenDecision = Omit<DecisionPoint, 'chosen' | 'atMicros'>;

/** Picks a choice by its index, for decisions that no deviation names. */
export type Chooser = (decision: OpenDecision) => number;

/** What a decider decides from. */
export interface DeciderOptions {
  readonly deviations?: readonly Deviation[];
  readonly chooser?: Chooser;
  /** Whether all points are written down, and not the deviations alone. */
  readonly isRecording?: boolean;
}

/** The decider of one run. */
export class Decider {
  /** Every point met, in order; empty unless it is recording. */
  readonly points: DecisionPoint[] = [];
  /** The deviations that were reached, chosen ones included: they alone replay the run. */
  readonly taken: Deviation[] = [];
  /** Called with each deviation as it is taken. */
  onDeviation: ((deviation: Deviation) => void) | undefined;
  readonly #clock: { readonly nowMicros: number };
  /** The deviations that have not been reached. */
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

  /** From now on everything goes the undisturbed way and is not counted: faults are healed. */
  close(): void {
    this.#isClosed = true;
  }

  /** Whether asking can make any difference to this run; lets costly sites skip the question. */
  get isOpen(): boolean {
    return !this.#isClosed && (this.#isExploring || this.#awaited.length > 0);
  }

  /** Whether asking at this site can make any difference, so that costly keys need not be made. */
  asks(site: DecisionSite): boolean {
    return this.isOpen && (this.#isExploring || this.#awaits(site));
  }

  /** Whether every point matters, and not those of the deviations alone. */
  get #isExploring(): boolean {
    return this.#isRecording || this.#chooser !== undefined;
  }

  /** What happens at this site to what the key names. */
  decide<C extends string>(site: DecisionSite<C>, key: string): C {
    if (!this.asks(site) || !(this.#isExploring || this.#awaits(site, key))) return site.choices[0];
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
   * Whether a deviation is still to come at this site, about this key if one is given. Attempts are counted by both, so those of others
   * need not be counted.
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
