// An index of windows, because checkers query them for many messages: a query is a binary search.
import { SpanIndex } from './span-index.ts';
import type { Span, Window } from './window.ts';

/** Windows, with two queries over all of them. */
export class WindowIndex {
  readonly windows: readonly Window[];
  #possible: SpanIndex<Window> | undefined;
  #certain: SpanIndex<Window> | undefined;

  constructor(windows: readonly Window[]) {
    this.windows = windows;
  }

  /** Whether one of them may have been in force at some time of the span. */
  someMayOverlap({ earliest, latest }: Span): boolean {
    // Most runs have no such window.
    if (this.windows.length === 0) return false;
    this.#possible ??= new SpanIndex(this.windows, possibleSpan);
    return this.#possible.reach(latest) >= earliest;
  }

  /** Whether one of them was certainly in force for the whole of the span. */
  someSurelyCovers({ earliest, latest }: Span): boolean {
    if (this.windows.length === 0) return false;
    this.#certain ??= new SpanIndex(this.windows, certainSpan);
    return this.#certain.reach(earliest) >= latest;
  }
}

/** The longest time for which a window may have been in force. */
export function possibleSpan({ fromEarliest, untilLatest }: Window): Span {
  return { earliest: fromEarliest, latest: untilLatest };
}

/** The time for which a window was certainly in force. */
export function certainSpan({ fromLatest, untilEarliest }: Window): Span {
  return { earliest: fromLatest, latest: untilEarliest };
}
