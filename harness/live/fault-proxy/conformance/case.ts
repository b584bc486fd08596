// A case of the conformance suite: an action on a server with Toxiproxy's API, and its result as plain data, so that two servers can be
// compared. Ports differ from run to run and are left out; times appear as ratios only.
import type { Peers } from '../peers.fixture.ts';

/** One case. */
export interface ConformanceCase {
  readonly title: string;
  /** Whether the servers are started with /metrics. */
  readonly metrics?: boolean;
  /** Whether the case measures time, which a busy machine can distort: then it is repeated. */
  readonly timing?: boolean;
  /** Performs the action and returns its result. Every case has new servers, so it need not clean up. */
  readonly observe: (peers: Peers) => Promise<unknown>;
  /** What the result of both servers must contain: two servers that fail in the same way prove nothing. */
  readonly shows: unknown;
}

const ADDRESS = /(127\.0\.0\.1|localhost|\[::1?\]):\d{5}\b/g;

/** Replaces the ports in a text, which differ from run to run. */
export function withoutPorts(text: string): string {
  return text.replace(ADDRESS, '$1:PORT');
}
