// One row of a diagram before it is placed: its shape and its texts.
import type { Lane } from './lanes.ts';

/** The shape of a row. */
export type Shape =
  | {
      readonly kind: 'arrow';
      readonly from: Lane;
      readonly to: Lane;
      /** The message was delayed, lost or repeated. */
      readonly isDashed: boolean;
      /** The arrow ends before its receiver, with a cross. */
      readonly isLost: boolean;
      /** Rows were written to the database. */
      readonly isWrite: boolean;
    }
  | { readonly kind: 'point'; readonly at: Lane; readonly mark: 'dot' | 'cross' | 'start' | 'fault' }
  /** A line across all lanes: a change of mode or a round of recovery. */
  | { readonly kind: 'line'; readonly at: Lane };

/** A colour: of the system that acted, or of a meaning. */
export type Tone = 'legacy' | 'service' | 'plain' | 'good' | 'bad' | 'doubtful';

/** One row of a diagram. */
export interface Step {
  /** Whole milliseconds. `place` gives the order of the steps. */
  readonly timeMs: number;
  readonly place: number;
  /** The `seq` numbers of the events that the row shows. */
  readonly seqs: readonly number[];
  readonly shape: Shape;
  /** Whether the row shows an event that led to the finding. */
  readonly isPast: boolean;
  /** The number of a witness of the finding, from 1; null for anything else. */
  readonly witness: number | null;
  readonly tone: Tone;
  /** The text on the arrow or beside the mark; `note` is the text at its end. */
  readonly label: string;
  readonly note: { readonly text: string; readonly tone: Tone } | null;
  /** The tooltip: everything about the row in words. */
  readonly title: string;
}

/** The time between two steps in which a message was held at the proxy, or a decision of the provider was pending. */
export interface Dwell {
  readonly at: Lane;
  /** The places of the steps. */
  readonly from: number;
  readonly to: number;
  readonly isPast: boolean;
  readonly title: string;
}
