// What the live lane runs on: a PostgreSQL server and a Toxiproxy-compatible proxy server. Nothing above knows which ones they are.
import type { Guard } from './guard/guard.ts';
import type { PostgresServer } from './postgres/server.ts';
import type { RunNames } from './run-names.ts';

/** The names of the infrastructures a lane can be opened on. */
export const INFRASTRUCTURES = ['embedded', 'containers', 'external'] as const;

/** The name of an infrastructure. */
export type InfrastructureName = (typeof INFRASTRUCTURES)[number];

/** A proxy server, and how it and the rig reach one another: they need not share an address, nor a numbering of ports. */
export interface ProxyServer {
  readonly apiUrl: string;
  /** The address of this machine on which back taps listen: one that the proxy server reaches, and no other host if possible. */
  readonly backTapHost: string;
  /** The host by which the proxy server finds that address. */
  readonly upstreamHost: string;
  /** The address that the proxy of a slot listens on. */
  listenAddress(slot: number): string | Promise<string>;
  /** Where the rig reaches a proxy that says it listens on `listening`. */
  reach(listening: string): { readonly host: string; readonly port: number };
}

/** Both servers, running. */
export interface Infrastructure {
  readonly postgres: PostgresServer;
  readonly proxies: ProxyServer;
  /** What the run calls what it makes on them. */
  readonly names: RunNames;
  /** Names and versions, for certificates. */
  describe(): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** What a lane asks of its infrastructure. */
export interface InfrastructureOptions {
  readonly guard: Guard;
  /** The directory of the run. */
  readonly directory: string;
  /** How many slots there will be, numbered from 1, with one database and one proxy each. */
  readonly slots: number;
  /** How many connections the slots may open to PostgreSQL, all together. */
  readonly maxConnections: number;
  readonly onProgress: (line: string) => void;
}
