// The servers under the live lane: PostgreSQL and a Toxiproxy-compatible proxy. The lane does not know whether they are embedded, in
// containers or external.
import type { Guard } from './guard/guard.ts';
import type { PostgresServer } from './postgres/server.ts';
import type { RunNames } from './run-names.ts';

/** The names of the infrastructures on which a lane can be opened. */
export const INFRASTRUCTURES = ['embedded', 'containers', 'external'] as const;

/** One of these names. */
export type InfrastructureName = (typeof INFRASTRUCTURES)[number];

/** A proxy server, and how it and the rig reach each other: in a container it has other addresses and other port numbers than the rig. */
export interface ProxyServer {
  readonly apiUrl: string;
  /** The address of this machine on which back taps listen. The proxy server must reach it; other machines should not. */
  readonly backTapHost: string;
  /** The host name or address of `backTapHost` as the proxy server sees it. */
  readonly upstreamHost: string;
  /** The address on which the proxy of a slot is to listen, as `host:port` of the proxy server. */
  listenAddress(slot: number): string | Promise<string>;
  /** The address at which the rig reaches a proxy whose API reports that it listens on `listening`. */
  reach(listening: string): { readonly host: string; readonly port: number };
}

/** Both servers, running. */
export interface Infrastructure {
  readonly postgres: PostgresServer;
  readonly proxies: ProxyServer;
  /** The names of the databases, roles and proxies that the run creates on them. */
  readonly names: RunNames;
  /** The names and versions that a certificate shows. */
  describe(): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The needs of a lane. */
export interface InfrastructureOptions {
  readonly guard: Guard;
  /** The directory of the run. */
  readonly directory: string;
  /** The number of slots. They are numbered from 1 and have one database and one proxy each. */
  readonly slots: number;
  /** How many connections to PostgreSQL all slots together may open. */
  readonly maxConnections: number;
  readonly onProgress: (line: string) => void;
}
