// One toxic of one proxy, as the API created it. It has one stage per connection, which reads it each time it starts.
import type { ToxicKind } from './toxic-kind.ts';

/** The direction of data: `upstream` from the client to the server, `downstream` back. */
export type Direction = 'upstream' | 'downstream';

/** A toxic. `stream` is its direction in the spelling of the request. */
export interface Toxic {
  readonly name: string;
  readonly type: string;
  readonly kind: ToxicKind;
  readonly stream: string;
  readonly direction: Direction;
  /** The probability that the toxic acts on a link, in single precision. */
  toxicity: number;
  attributes: ReadonlyMap<string, bigint>;
}
