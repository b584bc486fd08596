// A pair of systems under certification as the rig works with it: plain data without anything left to be filled in, so that it can be hashed
// into a certificate. The rig knows no system by name; the reference comes in by the same door as anyone's.
import type { Role } from '../../src/contract/message.ts';
import type { Readings } from '../../src/contract/readings.ts';
import type { Credential } from './credential.ts';
import type { Vantage } from './vantages.ts';
import type { Action, Command } from './action.ts';
import type { MismatchMapping } from './answer-mapping.ts';
import type { Protocol } from './protocol.ts';
import type { ProviderDescription } from './provider.ts';
import type { CheckedSystemConfig } from './system-config.ts';

/** How one process is started. Values may hold the placeholders of docs/systems.md. */
export interface ProcessDescription extends Command {
  /** What runs beside it as a part of the same system. */
  readonly also: readonly Command[];
  /** What each slot runs before it starts the process for the first time. */
  readonly prepare: readonly Command[];
  /** Files that it logs into. */
  readonly logs: readonly string[];
  /** A path that answers 2xx once the process serves. */
  readonly readyPath: string;
  /** A fixed port, for a process that cannot be given one: then only one slot can run. */
  readonly port?: number;
}

/** One table as the rig reads it: its real name, and real column names where they differ from the canonical ones. */
export interface TableDescription {
  readonly name: string;
  /** What a row is known by. */
  readonly key: readonly string[];
  readonly columns?: Readonly<Record<string, string>>;
  /** What texts in canonical columns mean, where the system has words of its own. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** An endpoint of the legacy app. Path and body may hold :campaignId and :tenantId. */
export type Endpoint = Extract<Action, { path: string }>;

/** A pair of systems, described. Statements may hold named parameters, as `systemConfigSchema` lists them. */
export interface SystemDescription {
  readonly name: string;
  /** Files and folders that are hashed into the certificate. */
  readonly code: readonly string[];
  readonly processes: Readonly<Record<Role, ProcessDescription>>;
  readonly database: {
    readonly roles: Readonly<Record<Role, string>>;
    /** Run once before `setup`, with the owner's ${databaseUrl}. */
    readonly prepare: readonly Command[];
    /** Run once by the owner, on the template all slots are cloned from. It names the roles as ${legacyRole} and ${serviceRole}. */
    readonly setup: readonly string[];
    /** Empties the tables between two scenarios. */
    readonly reset: readonly string[];
    /** Canonical table name to real table. campaign_sms, sms_logs and quota_accounts are always there. */
    readonly tables: Readonly<Record<string, TableDescription>>;
  };
  readonly seed: {
    readonly tenant: readonly string[];
    readonly item: readonly string[];
    /** Gives a tenant an account at a provider beside the one that `tenant` gave it; without it items have one provider. */
    readonly credentials?: readonly string[];
  };
  /** The APIs that the pair sends by. */
  readonly providers: readonly ProviderDescription[];
  /** Hosts that the systems may ask for and not reach. */
  readonly refusedHosts: readonly string[];
  /** Whether its processes reach all hosts but their own through a proxy of the rig. */
  readonly isProxied: boolean;
  /** Whether each tenant has accounts at providers, or the processes have theirs in their environment. */
  readonly accounts: 'tenant' | 'process';
  readonly mode: readonly string[];
  readonly flush: readonly Action[];
  readonly flipRead?: Action;
  readonly between: readonly Action[];
  readonly atRest: readonly string[];
  /** Opens a breaker: an action, or so many calls that fail in a row. */
  readonly openBreaker?: Action | { readonly failures: number };
  /** How the uuid of an item is known. */
  readonly identity: 'column' | 'wire' | { readonly query: string };
  /** How the legacy app calls the service. */
  readonly protocol: Protocol;
  readonly trigger: Endpoint;
  /** One round of recovery, and where the counts of its answer stand. */
  readonly recover?: Action & { readonly counts?: Readonly<Record<string, string>> };
  /** The reconciliation, and where the mismatches of its answer stand. */
  readonly reconcile?: Action & { readonly mismatches?: MismatchMapping };
  readonly vantages: readonly Vantage[];
  /** Faults that the system cannot have, by kind or label. */
  readonly absent: readonly string[];
  /** What looks like a real credential in the description or beside it; no part of its hash. */
  readonly credentials: readonly Credential[];
  readonly readings: Readings;
  readonly timings: CheckedSystemConfig['timings'];
}
