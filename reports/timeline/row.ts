// One line of a timeline before it is drawn: something that happened at a lane, or went from one lane to another.

/** The lanes of a timeline, from left to right. */
export const LANES = ['user', 'legacy app', 'service', 'provider'] as const;

/** A lane. */
export type Lane = (typeof LANES)[number];

/** Where a fault can bite, so that it is named on the row it bit. */
export type FaultSite = 'request' | 'answer' | 'legacy-send' | 'service-send' | 'crash' | 'redelivery';

/** What a row's note means, for its colour. */
type Tone = 'bad' | 'doubtful' | 'plain';

/** How much a row is needed to understand a finding; rows of the last importance are dropped first. */
export const IMPORTANCE = { witness: 0, send: 1, call: 2, change: 3, context: 4 } as const;

/** One line of a timeline. */
export interface Row {
  readonly timeMs: number;
  /** The `seq` of the event it stands for; orders rows of the same time. */
  readonly seq: number;
  /** The event is a witness of the finding. */
  readonly witness: boolean;
  readonly importance: number;
  readonly from: Lane;
  /** The other end of an arrow; a row without one is a point on its lane. */
  readonly to?: Lane;
  /** The arrow ends on its way. */
  readonly lost?: boolean;
  /** The character on the lane where it ends: `*` for a send, `x` for an end, `o` for anything else. */
  readonly mark?: '*' | 'x' | 'o';
  /** What is written on it, the fullest wording first; drawings take the first that fits. */
  readonly labels: readonly [string, ...string[]];
  readonly note?: { readonly text: string; readonly tone: Tone };
  /** Where a fault would have bitten what this row shows. */
  readonly site?: FaultSite;
}
