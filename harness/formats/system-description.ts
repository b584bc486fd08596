// A pair of systems as the rig works with it: plain data with all defaults filled in and all files read, so that its hash can be in a
// certificate. The rig knows no system by name; the reference is such a description too.
import type { Role } from '../../src/contract/message.ts';
import type { Readings } from '../../src/contract/readings.ts';
import type { Credential } from './credential.ts';
import type { Vantage } from './vantages.ts';
import type { Action, Command } from './action.ts';
import type { MismatchMapping } from './answer-mapping.ts';
import type { Protocol } from './protocol.ts';
import type { ProviderDescription } from './provider.ts';
import type { CheckedSystemConfig } from './system-config.ts';

/** How one process is started. Values can contain the placeholders of docs/systems.md. */
export interface ProcessDescription extends Command {
  /** Further commands of the same system, which are crashed, paused and ended together with the process. */
  readonly also: readonly Command[];
  /** The commands that each slot runs before it starts the process for the first time. */
  readonly prepare: readonly Command[];
  /** Its log files. */
  readonly logs: readonly string[];
  /** A path that answers 2xx once the process is ready. */
  readonly readyPath: string;
  /** The port of a process whose port cannot be configured. With it, only one slot can run. */
  readonly port?: number;
}

/** How the rig reads one table: its real name, and the real names of columns that differ from the canonical ones. */
export interface TableDescription {
  readonly name: string;
  /** The columns of the primary key. */
  readonly key: readonly string[];
  readonly columns?: Readonly<Record<string, string>>;
  /** The meaning of the words that the system writes into a column, by the column's canonical name. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** An endpoint of the legacy app. Path and body can contain :campaignId and :tenantId. */
export type Endpoint = Extract<Action, { path: string }>;

/** The description of a pair of systems. Statements can contain the named parameters that `systemConfigSchema` lists. */
export interface SystemDescription {
  readonly name: string;
  /** Files and folders whose hashes are in the certificate. */
  readonly code: readonly string[];
  readonly processes: Readonly<Record<Role, ProcessDescription>>;
  readonly database: {
    readonly roles: Readonly<Record<Role, string>>;
    /** Commands that run once before `setup`, with the owner's ${databaseUrl}. */
    readonly prepare: readonly Command[];
    /** Runs once as the owner, on the template database of all slots. It names the roles as ${legacyRole} and ${serviceRole}. */
    readonly setup: readonly string[];
    /** Empties the tables between two scenarios. */
    readonly reset: readonly string[];
    /** The tables by their canonical names. campaign_sms, sms_logs and quota_accounts are always present. */
    readonly tables: Readonly<Record<string, TableDescription>>;
  };
  readonly seed: {
    readonly tenant: readonly string[];
    readonly item: readonly string[];
    /** Gives a tenant an account at a second provider. Without it, every item is sent through the first provider. */
    readonly credentials?: readonly string[];
  };
  /** The provider APIs through which the pair sends. */
  readonly providers: readonly ProviderDescription[];
  /** Hosts that the systems are expected to request; the rig refuses these requests without reporting them. */
  readonly refusedHosts: readonly string[];
  /** Whether the processes reach every host outside this machine through a proxy of the rig. */
  readonly isProxied: boolean;
  /** `tenant`: each tenant has its own accounts at the providers. `process`: the processes have accounts in their environment. */
  readonly accounts: 'tenant' | 'process';
  readonly mode: readonly string[];
  readonly flush: readonly Action[];
  readonly flipRead?: Action;
  readonly between: readonly Action[];
  readonly atRest: readonly string[];
  /** Opens a breaker: an action, or a number of consecutive failing calls. */
  readonly openBreaker?: Action | { readonly failures: number };
  /** Where the rig reads the uuid of an item: in a column of its row, in the requests only, or by a query. */
  readonly identity: 'column' | 'wire' | { readonly query: string };
  /** How the legacy app calls the service. */
  readonly protocol: Protocol;
  readonly trigger: Endpoint;
  /** Runs one round of recovery; `counts` holds the place of each count in its answer. */
  readonly recover?: Action & { readonly counts?: Readonly<Record<string, string>> };
  /** Runs the reconciliation; `mismatches` says where in its answer they are. */
  readonly reconcile?: Action & { readonly mismatches?: MismatchMapping };
  readonly vantages: readonly Vantage[];
  /** Faults that cannot happen to the pair, by kind or label. */
  readonly absent: readonly string[];
  /** Values in the description or in files beside it that look like real credentials. They are not part of the hash. */
  readonly credentials: readonly Credential[];
  readonly readings: Readings;
  readonly timings: CheckedSystemConfig['timings'];
}
