// What a case of the conformance suite is: something done to a server of Toxiproxy's API, and what came of it as plain data, so that two
// servers can be compared. Ports differ from run to run and are left out; times appear as ratios only.
import type { Peers } from '../peers.fixture.ts';

/** One case. */
export interface ConformanceCase {
  readonly title: string;
  /** Starts the servers with /metrics. */
  readonly metrics?: boolean;
  /** Measures time, which a busy machine may spoil; it may then be measured again. */
  readonly timing?: boolean;
  /** Does the thing and gives back what was seen. Nothing of it is left for the next case: every case has fresh servers. */
  readonly observe: (peers: Peers) => Promise<unknown>;
  /** What at least must be seen, of either server: two servers that fail in the same way are no proof. */
  readonly shows: unknown;
}

const ADDRESS = /(127\.0\.0\.1|localhost|\[::1?\]):\d{5}\b/g;

/** Replaces what cannot be the same twice. */
export function withoutPorts(text: string): string {
  return text.replace(ADDRESS, '$1:PORT');
}
