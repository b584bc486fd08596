// What a checker writes its result into while it reads a history.
import type { HistoryEvent } from '../formats/event.ts';
import type { CheckResult, PropertyId } from '../formats/finding.ts';

/** The growing result of one checker. */
export interface Report {
  /** The property had `times` more chances to be violated. */
  exercised(times?: number): void;
  /** A violation: one sentence, the items concerned, and the events that show it. */
  found(message: string, shown: Shown): void;
  /** One sentence on what cannot be decided. */
  undecided(sentence: string): void;
  result(): CheckResult;
}

/** What shows a violation. */
interface Shown {
  readonly items: readonly (string | null)[];
  readonly by: readonly (HistoryEvent | undefined)[];
}

/** An empty report on one property. */
export function createReport(property: PropertyId): Report {
  let exercised = 0;
  const findings: CheckResult['findings'][number][] = [];
  const undecided = new Set<string>();
  return {
    exercised(times = 1) {
      exercised += times;
    },
    found(message, { items, by }) {
      findings.push({
        property,
        message,
        items: [...new Set(items.filter((item) => item !== null))],
        witnesses: [...new Set(by.flatMap((event) => (event === undefined ? [] : [event.seq])))].toSorted(
          (a, b) => a - b,
        ),
      });
    },
    undecided(sentence) {
      undecided.add(sentence);
    },
    result: () => ({ property, exercised, findings, undecided: [...undecided] }),
  };
}

/** The name of a system in a sentence. */
export function nameOf(system: 'legacy' | 'service'): string {
  return system === 'legacy' ? 'the legacy app' : 'the service';
}

/** Joins parts of a sentence: a, b and c. */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
