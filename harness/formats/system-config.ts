// What the author of a pair of systems writes: the document onesend.system/2. Everything that most pairs have alike has a default, and SQL may
// lie in files. The rig itself works with what it resolves to, a SystemDescription.
import { z } from 'zod';
import type { Readings } from '../../src/contract/readings.ts';
import { FAULT_NAMES } from '../faults/absent.ts';
import { SystemDescriptionError } from '../platform/errors.ts';
import { actionSchema, askingSchema, commandSchema, commandWords, endpointSchema, sqlSchema } from './action.ts';
import { countsSchema, mismatchesSchema } from './answer-mapping.ts';
import { complaintsOf } from './complaints.ts';
import { misspeltPlaceholders } from './placeholder-names.ts';
import { protocolSchema } from './protocol.ts';
import { providerSchema } from './provider.ts';
import { withCurrentTables } from './renamed-tables.ts';
import { DECLARED_VANTAGES } from './vantages.ts';

const FORMAT = 'onesend.system/2';

/** The readings that a pair may choose. */
type ChosenReading = Exclude<keyof Readings, 'shadowReconciliation' | 'timeout'>;

/** One action, or several. */
const actions = z.union([actionSchema, z.array(actionSchema)]);

function refusePlaceholders(text: string, { addIssue }: { addIssue: (message: string) => void }): void {
  for (const message of misspeltPlaceholders(text)) addIssue(message);
}

/** How one process is started. Values may hold the placeholders of docs/systems.md. */
const processSchema = z.strictObject({
  /** The program and its arguments. */
  command: commandWords,
  /** The working directory, relative to the description; its folder unless given. */
  cwd: z.exactOptional(z.string()),
  environment: z.record(z.string(), z.string().superRefine(refusePlaceholders)).default({}),
  /** What runs beside it as a part of the same system, such as the worker of a queue: it is crashed, paused and ended with it. */
  also: z.array(commandSchema).default([]),
  /** What each slot runs before it starts the process for the first time. */
  prepare: z.array(commandSchema).default([]),
  /** Files that it logs into, relative to `cwd`: what they hold last is shown where the process failed. */
  logs: z.array(z.string().superRefine(refusePlaceholders)).default([]),
  /** A path that answers 2xx once the process serves. */
  readyPath: z.string().startsWith('/').default('/'),
  /** A fixed port, for a process that cannot be given one: then only one slot can run. */
  port: z.exactOptional(z.int().min(1).max(65_535)),
});

/** One table as the rig reads it: real names where they differ from the canonical ones, and what a row is known by. */
const tableSchema = z.strictObject({
  name: z.exactOptional(z.string()),
  key: z.exactOptional(commandWords),
  columns: z.exactOptional(z.record(z.string(), z.string())),
  /** What the system's own words in a column mean, by the column's canonical name. */
  values: z.exactOptional(z.record(z.string(), z.record(z.string(), z.string()))),
});

/** The endpoint that sends a campaign. */
/** So many calls that fail in a row. */
const failuresSchema = z.strictObject({ failures: z.int().min(1).max(50) });

const triggerSchema = endpointSchema.extend({
  /** It answers before the messages of the campaign have entered, as one that only puts a job into a queue. */
  entersLater: z.boolean().default(false),
});

/**
 * The schema of the document. SQL may hold :tenantId, :mode, :quota, :account, :token, :provider, :itemId, :campaignId, :phone, :body (as far as
 * they make sense where it stands), bound as parameters. Paths and bodies may hold :campaignId and :tenantId.
 */
const systemShape = z.strictObject({
  $schema: z.exactOptional(z.string()),
  format: z.literal(FORMAT).default(FORMAT),
  name: z.string().min(1),
  /** Files and folders that hold the systems' code, hashed into the certificate. Unless given, the files that the commands name. */
  code: z.exactOptional(z.array(z.string())),
  processes: z.strictObject({ legacy: processSchema, service: processSchema }),
  database: z.strictObject({
    /** The names of the login roles; the rig creates them with random passwords before `setup`. */
    roles: z
      .strictObject({ legacy: z.string(), service: z.string() })
      .default({ legacy: 'legacy_app', service: 'messaging_service' }),
    /** Run once before `setup` with the owner's ${databaseUrl}, such as migrations: each belongs to the legacy app. */
    prepare: z.array(commandSchema).default([]),
    /** Run once by the owner, on the template all slots are cloned from. It names the roles as ${legacyRole} and ${serviceRole}. */
    setup: sqlSchema,
    /** Empties the tables between two scenarios: all of them, or by statements. */
    reset: z.union([z.literal('truncate-all'), z.array(z.string())]).default('truncate-all'),
    /** Those of the canonical tables that are called otherwise, or that a pair need not have. */
    tables: z.record(z.string(), tableSchema).overwrite(withCurrentTables).default({}),
  }),
  /** Puts the data of a scenario in place. */
  seed: z.strictObject({ tenant: sqlSchema, item: sqlSchema, credentials: z.exactOptional(sqlSchema) }),
  /** The APIs that the pair sends by, all of them behind ${providerUrl}. */
  providers: z.array(providerSchema).min(1).default(['twilio']),
  /** Hosts that the systems may ask for and not reach. */
  refusedHosts: z.array(z.string().toLowerCase()).default([]),
  /** Whether each tenant has an account at the provider, or the processes send all messages with one of their own. */
  accounts: z.enum(['tenant', 'process']).default('tenant'),
  /** Flags a tenant's mode. */
  mode: sqlSchema,
  /** Empties the caches of modes; done after each flip. */
  flush: actions.default([]),
  /** Answers the mode in which the legacy app takes a tenant: what shows that a flip was read. */
  flipRead: z.exactOptional(actionSchema),
  /** Done between two scenarios, once the tables are empty. */
  between: actions.default([]),
  /** SQL that counts what is still to be done, such as the jobs of a queue. Nothing is judged before it answers 0. */
  atRest: sqlSchema.default([]),
  /** Puts a breaker into OPEN: an action, in which :breaker is `live` or `dry`, or calls that fail. */
  openBreaker: z.exactOptional(z.union([sqlSchema, actionSchema, failuresSchema])),
  /** Whether rehearsals have a breaker of their own, or share that of live calls. */
  breakers: z.enum(['one', 'two']).default('two'),
  /** How the legacy app calls the service; as the runbook has it unless given. */
  protocol: protocolSchema.prefault({}),
  /**
   * How the uuid of an item is known: by the column `message_uuid` of its row, by a query that answers it (of :itemId, :campaignId, :tenantId,
   * :phone and :body), or only by the requests that name it.
   */
  identity: z.union([z.enum(['column', 'wire']), z.strictObject({ query: z.string() })]).default('column'),
  trigger: triggerSchema,
  /** One round of recovery; answers counts. */
  recover: z.exactOptional(askingSchema({ counts: z.exactOptional(countsSchema) })),
  /** The reconciliation command; answers a JSON array of mismatches. */
  reconcile: z.exactOptional(askingSchema({ mismatches: z.exactOptional(mismatchesSchema) })),
  /** What the pair lets be seen. Unless given: wire and database. */
  vantages: z.array(z.enum(DECLARED_VANTAGES)).default(['wire', 'database']),
  /** Faults that the system cannot have, by kind or label: they are planned nowhere, and the certificate says so. */
  absent: z.array(z.enum(FAULT_NAMES)).default([]),
  /** Places of credentials that look real, as errors name them, which the systems may have nevertheless. */
  confirmed: z.array(z.string()).default([]),
  /** How the pair reads the runbook where it can be read in several ways. */
  readings: z
    .strictObject({
      shadowBilling: z.enum(['none', 'legacy']).default('none'),
      fallbackBilling: z.enum(['charged', 'free']).default('charged'),
      offBilling: z.enum(['charged', 'free']).default('charged'),
      /** What a flag that is no mode, or is missing, does. */
      unknownMode: z.enum(['OFF', 'reject']).default('OFF'),
      /** What a campaign that is triggered again does with messages that were sent. */
      redelivery: z.enum(['idempotent', 'resends']).default('idempotent'),
      /** What the log line of a fallback is about. */
      fallbackLog: z.enum(['message', 'batch']).default('message'),
      /** Whether units may go below zero. */
      negativeBalance: z.enum(['never', 'allowed']).default('never'),
    } satisfies { readonly [K in ChosenReading]: z.ZodType<Readings[K]> })
    .prefault({}),
  /** Times of the system in milliseconds, as far as the rig must know them to wait and to judge. */
  timings: z
    .strictObject({
      budgetMs: z.int().min(1).default(500),
      providerTimeoutMs: z.int().min(1).default(1_000),
      leaseMs: z.int().min(0).default(0),
      surfaceAfterMs: z.int().min(0).default(0),
      /** How long a breaker that opened refuses all calls. */
      breakerProbeAfterMs: z.int().min(0).default(0),
      /** How long after a flip, and after `flush` where there is one, an entry may still follow the flag before it. */
      flagStalenessMs: z.int().min(0).default(0),
      /** How many failures within how long open a breaker, and how many calls may probe it at once; 0 where that is not to be judged. */
      breakerFailures: z.int().min(0).default(0),
      breakerWindowMs: z.int().min(0).default(0),
      breakerProbes: z.int().min(0).default(0),
      /** Rows younger than this are left out of a reconciliation. */
      reconcileGraceMs: z.int().min(0).default(0),
    })
    .prefault({}),
});

/** The same, with what its fields demand of one another. */
export const systemConfigSchema = systemShape.superRefine((config, { addIssue }) => {
  const { identity, protocol, openBreaker, vantages, timings } = config;
  if (identity === 'wire' && protocol.request.recipient === null) {
    const message = "expected a place: by 'identity: wire' a request says whose uuid it holds";
    addIssue({ code: 'custom', path: ['protocol', 'request', 'recipient'], message });
  }
  if (openBreaker !== undefined && !vantages.includes('breaker') && timings.breakerProbeAfterMs === 0) {
    const message = 'expected how long a breaker that `openBreaker` opened refuses calls, since it is not observed';
    addIssue({ code: 'custom', path: ['timings', 'breakerProbeAfterMs'], message });
  }
});

/** A pair of systems as its author writes it. */
export type SystemConfig = z.input<typeof systemConfigSchema>;

/** The same with all defaults. */
export type CheckedSystemConfig = z.output<typeof systemConfigSchema>;

/** Types what describes a system in a module. It is checked when it is loaded. */
export function defineSystem(system: SystemConfig): SystemConfig {
  return system;
}

/** What onesend.config.js, .ts or .json holds: the system that commands work with unless `--system` names another. */
export interface OnesendConfig {
  readonly system: SystemConfig;
  /** The folder of the counterexamples that every certification replays first, relative to the file; `scenarios/corpus` unless given. */
  readonly corpus?: string;
}

/** Types a configuration file. It is checked when it is loaded. */
export function defineConfig(config: OnesendConfig): OnesendConfig {
  return config;
}

/** Checks what an author wrote and fills in the defaults; one SystemDescriptionError names everything that is wrong. */
export function checkSystemConfig(value: unknown, source: string): CheckedSystemConfig {
  const { format = FORMAT } = (value ?? {}) as { format?: unknown };
  if (format !== FORMAT) throw wrong(source, [`format: expected ${FORMAT}, found ${JSON.stringify(format)}`]);
  const parsed = systemConfigSchema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw wrong(source, complaintsOf(systemConfigSchema, parsed.error.issues));
}

function wrong(source: string, complaints: readonly string[]): SystemDescriptionError {
  const hint = 'see docs/systems.md';
  const [only, ...more] = complaints;
  if (more.length === 0) return new SystemDescriptionError(`${source}: ${only}`, { hint });
  return new SystemDescriptionError(`${source}: ${complaints.length} errors`, { hint, details: complaints });
}
