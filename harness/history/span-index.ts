// An index of values by spans of time, so that a query does not look at all of them.
import { countUpTo } from './bisect.ts';
import type { Span } from './window.ts';

/** A value with its span, and its index in the input. */
interface Entry<T> {
  readonly value: T;
  readonly place: number;
  readonly span: Span;
}

/** Finds values by the spans in which they were in force. */
export class SpanIndex<T> {
  readonly #entries: readonly Entry<T>[];
  readonly #beginnings: readonly number[];
  /** For each entry the latest end among it and all entries before it. */
  readonly #reaches: readonly number[];
  #ends: EndTree | undefined;

  constructor(values: readonly T[], spanOf: (value: T) => Span) {
    this.#entries = values
      .map((value, place) => ({ value, place, span: spanOf(value) }))
      .toSorted((a, b) => a.span.earliest - b.span.earliest);
    this.#beginnings = this.#entries.map(({ span }) => span.earliest);
    let reach = Number.NEGATIVE_INFINITY;
    this.#reaches = this.#entries.map(({ span }) => (reach = Math.max(reach, span.latest)));
  }

  /** The latest end of the spans that had begun by then; negative infinity when none had. */
  reach(micros: number): number {
    return this.#reaches[countUpTo(this.#beginnings, micros) - 1] ?? Number.NEGATIVE_INFINITY;
  }

  /** The values that were in force at some time of the span, in the order of the input. */
  touching(span: Span): T[] {
    const begun = countUpTo(this.#beginnings, span.latest);
    if (begun === 0) return [];
    this.#ends ??= new EndTree(this.#entries.map(({ span: { latest } }) => latest));
    return this.#ends
      .reaching(span.earliest, begun)
      .map((index) => this.#entries[index] as Entry<T>)
      .toSorted((a, b) => a.place - b.place)
      .map(({ value }) => value);
  }
}

/** A segment tree of the ends of spans: each node has the latest end below it, so that a search skips subtrees that end too early. */
class EndTree {
  readonly #width: number;
  /** The node `n` has the children `2n` and `2n + 1`; the leaves are the ends, from `width` on. */
  readonly #latest: Float64Array;

  constructor(ends: readonly number[]) {
    this.#width = 2 ** Math.ceil(Math.log2(Math.max(1, ends.length)));
    this.#latest = new Float64Array(2 * this.#width).fill(Number.NEGATIVE_INFINITY);
    this.#latest.set(ends, this.#width);
    for (let node = this.#width - 1; node > 0; node -= 1) {
      this.#latest[node] = Math.max(this.#at(2 * node), this.#at(2 * node + 1));
    }
  }

  /** The indexes of those among the first `count` ends that are not before this time. */
  reaching(micros: number, count: number): number[] {
    const found: number[] = [];
    const visit = (node: number, from: number, width: number): void => {
      if (from >= count || !(this.#at(node) >= micros)) return;
      if (width === 1) found.push(from);
      else {
        visit(2 * node, from, width / 2);
        visit(2 * node + 1, from + width / 2, width / 2);
      }
    };
    visit(1, 0, this.#width);
    return found;
  }

  #at(node: number): number {
    return this.#latest[node] ?? Number.NEGATIVE_INFINITY;
  }
}
