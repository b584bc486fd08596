// Spans of time, and windows, whose ends are not known exactly.
import type { HistoryEvent } from '../formats/event.ts';

/**
 * A span whose ends are themselves intervals, in microseconds. It was certainly in force in [fromLatest, untilEarliest] and certainly not
 * outside [fromEarliest, untilLatest]. A window whose end was not observed lasts forever.
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
