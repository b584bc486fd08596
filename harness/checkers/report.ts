// The report that a checker fills while it reads a history.
import type { Role } from '../../src/contract/message.ts';
import type { HistoryEvent } from '../formats/event.ts';
import type { CheckResult, PropertyId } from '../formats/finding.ts';

/** The growing result of one checker. */
export interface CheckerReport {
  /** The property had `times` more chances to be violated, and what happened to them is known: it held, or it was found violated. */
  exercised(times?: number): void;
  /** A violation: one sentence, the items concerned, and the events that show it. */
  found(message: string, shown: Shown): void;
  /** One chance for which it is unknown whether the property held, in one sentence. It does not count as exercised. */
  undecided(sentence: string): void;
  result(): CheckResult;
}

/** What shows a violation. */
interface Shown {
  readonly items: readonly (string | null)[];
  readonly by: readonly (HistoryEvent | undefined)[];
}

/** An empty report on one property. */
export function createReport(property: PropertyId): CheckerReport {
  return new GrowingReport(property);
}

const NOTHING: readonly never[] = [];

/** Millions of reports are made and most find nothing, so the lists are created only when needed. */
class GrowingReport implements CheckerReport {
  readonly #property: PropertyId;
  #exercised = 0;
  #findings: CheckResult['findings'][number][] | undefined;
  #undecided: string[] | undefined;

  constructor(property: PropertyId) {
    this.#property = property;
  }

  exercised(times = 1): void {
    this.#exercised += times;
  }

  found(message: string, { items, by }: Shown): void {
    this.#findings ??= [];
    this.#findings.push({
      property: this.#property,
      message,
      items: [...new Set(items.filter((item) => item !== null))],
      witnesses: [...new Set(by.flatMap((event) => (event === undefined ? [] : [event.seq])))].toSorted(
        (a, b) => a - b,
      ),
    });
  }

  undecided(sentence: string): void {
    this.#undecided ??= [];
    this.#undecided.push(sentence);
  }

  result(): CheckResult {
    return {
      property: this.#property,
      exercised: this.#exercised,
      findings: this.#findings ?? NOTHING,
      undecided: this.#undecided ?? NOTHING,
    };
  }
}

/** The name of a system in a sentence. */
export function nameOf(system: Role): string {
  return system === 'legacy' ? 'the legacy app' : 'the service';
}

/** Joins parts of a sentence: a, b and c. */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
