// Values with spans of time, sorted once, so that a question about a time does not look at all of them.
import { countBelow, countUpTo } from './bisect.ts';
import type { Span } from './window.ts';

/** Values by the spans in which they were in force. */
export class SpanIndex<T> {
  readonly #entries: readonly { readonly value: T; readonly place: number; readonly span: Span }[];
  readonly #beginnings: readonly number[];
  /** The latest end of each span and of all that began before it. */
  readonly #reaches: readonly number[];

  constructor(values: readonly T[], spanOf: (value: T) => Span) {
    this.#entries = values
      .map((value, place) => ({ value, place, span: spanOf(value) }))
      .toSorted((a, b) => a.span.earliest - b.span.earliest);
    this.#beginnings = this.#entries.map(({ span }) => span.earliest);
    let reach = Number.NEGATIVE_INFINITY;
    this.#reaches = this.#entries.map(({ span }) => (reach = Math.max(reach, span.latest)));
  }

  /** The latest end of those that had begun by then; negative infinity when none had. */
  reach(micros: number): number {
    return this.#reaches[countUpTo(this.#beginnings, micros) - 1] ?? Number.NEGATIVE_INFINITY;
  }

  /** The values that were in force at some time of the span, in the order in which they were given. */
  touching(span: Span): T[] {
    const [from, until] = [countBelow(this.#reaches, span.earliest), countUpTo(this.#beginnings, span.latest)];
    return this.#entries
      .slice(from, until)
      .filter((entry) => entry.span.latest >= span.earliest)
      .toSorted((a, b) => a.place - b.place)
      .map(({ value }) => value);
  }
}
