// What a span of time is, and a window, whose ends are not known exactly.
import type { HistoryEvent } from '../formats/event.ts';

/**
 * A span whose ends are themselves intervals. It was surely in force in [fromLatest, untilEarliest] and surely not outside
 * [fromEarliest, untilLatest]. Without an end it lasts forever.
 */
export interface Window {
  readonly fromEarliest: number;
  readonly fromLatest: number;
  readonly untilEarliest: number;
  readonly untilLatest: number;
  /** The events that open and close it. */
  readonly witnesses: readonly HistoryEvent[];
}

/** A plain span of time in microseconds. */
export interface Span {
  readonly earliest: number;
  readonly latest: number;
}
