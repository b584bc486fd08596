// One row of a diagram before it has a place: what is drawn on it and what is written on it.
import type { Lane } from './lanes.ts';

/** What is drawn. */
export type Shape =
  | {
      readonly kind: 'arrow';
      readonly from: Lane;
      readonly to: Lane;
      /** Held up, lost or repeated: not a message that arrived as it was sent. */
      readonly isDashed: boolean;
      /** It ends on its way, with a cross. */
      readonly isLost: boolean;
      /** Something that was written to the database. */
      readonly isWrite: boolean;
    }
  | { readonly kind: 'point'; readonly at: Lane; readonly mark: 'dot' | 'cross' | 'start' | 'fault' }
  /** A change of mode, a round of recovery: a line across all lanes. */
  | { readonly kind: 'line'; readonly at: Lane };

/** How something is coloured: by who did it, or by what it means. */
export type Tone = 'legacy' | 'service' | 'plain' | 'good' | 'bad' | 'doubtful';

/** One row of a diagram. */
export interface Step {
  /** In whole milliseconds, and the order of the steps. */
  readonly timeMs: number;
  readonly place: number;
  /** The `seq` of the events that it shows. */
  readonly seqs: readonly number[];
  readonly shape: Shape;
  /** Whether it led to the finding. */
  readonly isPast: boolean;
  /** The number of a witness of the finding, from 1; null for anything else. */
  readonly witness: number | null;
  readonly tone: Tone;
  /** What is written on it, and beside its end. */
  readonly label: string;
  readonly note: { readonly text: string; readonly tone: Tone } | null;
  /** All there is to say, for who points at it. */
  readonly title: string;
}

/** A message that was on its way, or a decision that was waited for, between two steps. */
export interface Dwell {
  readonly at: Lane;
  /** The places of the steps. */
  readonly from: number;
  readonly to: number;
  readonly isPast: boolean;
  readonly title: string;
}
