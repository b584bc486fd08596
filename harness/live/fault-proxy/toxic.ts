// One toxic of one proxy, as the API created it. Its stages, one a connection, read it whenever they start.
import type { ToxicKind } from './toxic-kind.ts';

/** The way data goes: `upstream` from the client to the server, `downstream` back. */
export type Direction = 'upstream' | 'downstream';

/** A toxic. `stream` is the direction as the caller spelt it. */
export interface Toxic {
  readonly name: string;
  readonly type: string;
  readonly kind: ToxicKind;
  readonly stream: string;
  readonly direction: Direction;
  /** The share of draws that let it act, in single precision. */
  toxicity: number;
  attributes: ReadonlyMap<string, bigint>;
}
