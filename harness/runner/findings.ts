// Collects what a search found: the smallest violating case for each fingerprint. Chooses which of them get a counterexample.
import type { Violation } from '../execution/search-space.ts';
import { brokenBy, PROPERTY_IDS } from '../formats/finding.ts';
import { scenarioSize } from './scenario-size.ts';

/** A fingerprint with the smallest violating case that shows it, and the task that made its run. */
export interface FoundFingerprint<Found extends Violation = Violation, Task = unknown> {
  readonly fingerprint: string;
  readonly violation: Found;
  readonly task: Task;
}

/** How many fingerprints of one property are remembered. A live one holds its whole run in memory. */
const REMEMBERED_EACH_MAX = 16;

/** How many counterexamples are made. Those of cases without faults are counted separately, so that they do not displace the others. */
const CHOSEN_MAX = 16;

/** The fingerprints that a search has met so far, in the order in which it met them. */
export class Findings<Found extends Violation, Task> {
  readonly #known = new Map<string, FoundFingerprint<Found, Task>>();
  readonly #counts = new Map<string, number>();

  /** Adds a violating case, and returns those of its fingerprints that are new. */
  add(violation: Found, task: Task): string[] {
    return violation.fingerprints.flatMap((fingerprint) => {
      const found = { fingerprint, violation, task };
      const known = this.#known.get(fingerprint);
      if (known !== undefined) {
        if (byFirmness(found, known) < 0) this.#known.set(fingerprint, found);
        return [];
      }
      const broken = brokenBy(fingerprint);
      const count = this.#counts.get(broken) ?? 0;
      if (count >= REMEMBERED_EACH_MAX) return [];
      this.#counts.set(broken, count + 1);
      this.#known.set(fingerprint, found);
      return [fingerprint];
    });
  }

  all(): FoundFingerprint<Found, Task>[] {
    return [...this.#known.values()];
  }
}

/** The size of a case: the number of its messages, faults and deviations. */
export function caseSize({ case: { scenario, deviations } }: Pick<Violation, 'case'>): number {
  const { messages, faults } = scenarioSize(scenario);
  return messages + faults + deviations.length;
}

/** Whether a case has no fault and no deviation. Other runs then violate the same, regardless of their faults. */
export function isFaultless({ case: { scenario, deviations } }: Pick<Violation, 'case'>): boolean {
  return scenario.faults.length === 0 && deviations.length === 0;
}

/**
 * Chooses the fingerprints that get a counterexample, in the order in which they were met: those that need no fault, and of the others the
 * first of each property, then the second of each, and so on, so that one bug with many fingerprints leaves room for other bugs.
 */
export function choose<Found extends FoundFingerprint>(found: readonly Found[]): Found[] {
  const faultless = found.filter(({ violation }) => isFaultless(violation)).slice(0, CHOSEN_MAX);
  const turns = new Map<string, number>();
  const inTurns = found
    .filter(({ violation }) => !isFaultless(violation))
    .map((each) => {
      const broken = brokenBy(each.fingerprint);
      const turn = turns.get(broken) ?? 0;
      turns.set(broken, turn + 1);
      return { each, turn };
    })
    .toSorted((a, b) => a.turn - b.turn || rankOf(a.each.fingerprint) - rankOf(b.each.fingerprint))
    .map(({ each }) => each);
  const chosen = new Set([...faultless, ...inTurns.slice(0, CHOSEN_MAX)]);
  return found.filter((each) => chosen.has(each));
}

/** Compares violations: one that did not come up again in its replays comes last, and else the smallest case comes first. */
function byFirmness(a: Pick<FoundFingerprint, 'violation'>, b: Pick<FoundFingerprint, 'violation'>): number {
  return isDoubtful(a.violation) - isDoubtful(b.violation) || caseSize(a.violation) - caseSize(b.violation);
}

function isDoubtful({ cameUpAgain }: Violation): 0 | 1 {
  return cameUpAgain === false ? 1 : 0;
}

/**
 * Compares fingerprints: what did not come up again in its replays comes last. Else S1 comes first, then the other properties in their order,
 * and of one property the smallest case.
 */
export function byPromise(a: FoundFingerprint, b: FoundFingerprint): number {
  return (
    isDoubtful(a.violation) - isDoubtful(b.violation) ||
    rankOf(a.fingerprint) - rankOf(b.fingerprint) ||
    caseSize(a.violation) - caseSize(b.violation)
  );
}

/** The place of a fingerprint, or of the property that it breaks, in the order of reports: S1 is 0, and an anomaly comes before it. */
export function rankOf(fingerprint: string): number {
  return (PROPERTY_IDS as readonly string[]).indexOf(brokenBy(fingerprint));
}
