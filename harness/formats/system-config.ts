// The description of a pair of systems as its author writes it: the document onesend.system/2. Settings that most pairs share have
// defaults, and SQL can be in files. The rig works with the resolved form, a SystemDescription.
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

/** The readings that a pair can choose. */
type ChosenReading = Exclude<keyof Readings, 'shadowReconciliation' | 'timeout'>;

/** One action or several. */
const actions = z.union([actionSchema, z.array(actionSchema)]);

function refusePlaceholders(text: string, { addIssue }: { addIssue: (message: string) => void }): void {
  for (const message of misspeltPlaceholders(text)) addIssue(message);
}

/** How one process is started. Values can contain the placeholders of docs/systems.md. */
const processSchema = z.strictObject({
  /** The program and its arguments. */
  command: commandWords,
  /** The working directory, relative to the description. Default: the folder of the description. */
  cwd: z.exactOptional(z.string()),
  environment: z.record(z.string(), z.string().superRefine(refusePlaceholders)).default({}),
  /** Further commands of the same system, such as the worker of a queue. They are crashed, paused and ended together with the process. */
  also: z.array(commandSchema).default([]),
  /** The commands that each slot runs before it starts the process for the first time. */
  prepare: z.array(commandSchema).default([]),
  /** Its log files, relative to `cwd`. Their last lines are shown when the process fails. */
  logs: z.array(z.string().superRefine(refusePlaceholders)).default([]),
  /** A path that answers 2xx once the process is ready. */
  readyPath: z.string().startsWith('/').default('/'),
  /** The port of a process whose port cannot be configured. With it, only one slot can run. */
  port: z.exactOptional(z.int().min(1).max(65_535)),
});

/** How the rig reads one table: the real names that differ from the canonical ones, and the columns of the primary key. */
const tableSchema = z.strictObject({
  name: z.exactOptional(z.string()),
  key: z.exactOptional(commandWords),
  columns: z.exactOptional(z.record(z.string(), z.string())),
  /** The meaning of the words that the system writes into a column, by the column's canonical name. */
  values: z.exactOptional(z.record(z.string(), z.record(z.string(), z.string()))),
});

/** Opens a breaker by this number of consecutive failing calls. */
const failuresSchema = z.strictObject({ failures: z.int().min(1).max(50) });

/** The endpoint that sends a campaign. */
const triggerSchema = endpointSchema.extend({
  /** Whether it answers before the messages of the campaign have entered, for example because it only puts a job into a queue. */
  entersLater: z.boolean().default(false),
});

/**
 * The schema of the document. SQL can contain :tenantId, :mode, :quota, :account, :token, :provider, :itemId, :campaignId, :phone and
 * :body, bound as parameters; docs/systems.md lists which of them each field has. Paths and bodies can contain :campaignId and :tenantId.
 */
const systemShape = z.strictObject({
  $schema: z.exactOptional(z.string()),
  format: z.literal(FORMAT).default(FORMAT),
  name: z.string().min(1),
  /** Files and folders with the systems' code, whose hashes are in the certificate. Default: the files that the commands name. */
  code: z.exactOptional(z.array(z.string())),
  processes: z.strictObject({ legacy: processSchema, service: processSchema }),
  database: z.strictObject({
    /** The names of the login roles; the rig creates them with random passwords before `setup`. */
    roles: z
      .strictObject({ legacy: z.string(), service: z.string() })
      .default({ legacy: 'legacy_app', service: 'messaging_service' }),
    /** Commands that run once before `setup`, such as migrations, with the owner's ${databaseUrl}. They belong to the legacy app. */
    prepare: z.array(commandSchema).default([]),
    /** Runs once as the owner, on the template database of all slots. It names the roles as ${legacyRole} and ${serviceRole}. */
    setup: sqlSchema,
    /** Empties the tables between two scenarios: all tables, or what the given statements empty. */
    reset: z.union([z.literal('truncate-all'), z.array(z.string())]).default('truncate-all'),
    /** The canonical tables that have other names in this pair, and the optional ones that it has. */
    tables: z.record(z.string(), tableSchema).overwrite(withCurrentTables).default({}),
  }),
  /** Inserts the data of a scenario: a tenant, a message, and an account of a tenant at a second provider. */
  seed: z.strictObject({ tenant: sqlSchema, item: sqlSchema, credentials: z.exactOptional(sqlSchema) }),
  /** The provider APIs through which the pair sends; ${providerUrl} serves all of them. */
  providers: z.array(providerSchema).min(1).default(['twilio']),
  /** Hosts that the systems are expected to request; the rig refuses these requests without reporting them. */
  refusedHosts: z.array(z.string().toLowerCase()).default([]),
  /** `tenant`: each tenant has its own account at the provider. `process`: the processes send all messages with an account of their own. */
  accounts: z.enum(['tenant', 'process']).default('tenant'),
  /** Sets a tenant's mode. */
  mode: sqlSchema,
  /** Empties the caches of modes; runs after each flip. */
  flush: actions.default([]),
  /** Returns the mode that the legacy app uses for a tenant, which shows that it has read a flip. */
  flipRead: z.exactOptional(actionSchema),
  /** Runs between two scenarios, after the tables were emptied. */
  between: actions.default([]),
  /** SQL that counts pending work, such as the jobs of a queue. Nothing is judged before it returns 0. */
  atRest: sqlSchema.default([]),
  /** Opens a breaker: an action in which :breaker is `live` or `dry`, or a number of consecutive failing calls. */
  openBreaker: z.exactOptional(z.union([sqlSchema, actionSchema, failuresSchema])),
  /** `two`: rehearsals have a breaker of their own. `one`: they share the breaker of real calls. */
  breakers: z.enum(['one', 'two']).default('two'),
  /** How the legacy app calls the service. Default: as in the runbook. */
  protocol: protocolSchema.prefault({}),
  /**
   * Where the rig reads the uuid of an item: in the column `message_uuid` of its row, by a query with :itemId, :campaignId, :tenantId,
   * :phone and :body, or only in the requests.
   */
  identity: z.union([z.enum(['column', 'wire']), z.strictObject({ query: z.string() })]).default('column'),
  trigger: triggerSchema,
  /** Runs one round of recovery; returns counts. */
  recover: z.exactOptional(askingSchema({ counts: z.exactOptional(countsSchema) })),
  /** Runs the reconciliation; returns mismatches. */
  reconcile: z.exactOptional(askingSchema({ mismatches: z.exactOptional(mismatchesSchema) })),
  /** What the rig can observe of the pair. */
  vantages: z.array(z.enum(DECLARED_VANTAGES)).default(['wire', 'database']),
  /** Faults that cannot happen to the pair, by kind or label: no run has them, and the certificate lists them. */
  absent: z.array(z.enum(FAULT_NAMES)).default([]),
  /** Credentials that look real and that the systems are allowed to have, by their places as errors name them. */
  confirmed: z.array(z.string()).default([]),
  /** How the pair reads the ambiguous sentences of the runbook. */
  readings: z
    .strictObject({
      shadowBilling: z.enum(['none', 'legacy']).default('none'),
      fallbackBilling: z.enum(['charged', 'free']).default('charged'),
      offBilling: z.enum(['charged', 'free']).default('charged'),
      /** The effect of a flag that is missing or not one of the three modes. */
      unknownMode: z.enum(['OFF', 'reject']).default('OFF'),
      /** Whether a second trigger of a campaign sends its messages again. */
      redelivery: z.enum(['idempotent', 'resends']).default('idempotent'),
      /** What one log line of a fallback is about: a message or a whole batch. */
      fallbackLog: z.enum(['message', 'batch']).default('message'),
      /** Whether the units of a tenant can fall below zero. */
      negativeBalance: z.enum(['never', 'allowed']).default('never'),
    } satisfies { readonly [K in ChosenReading]: z.ZodType<Readings[K]> })
    .prefault({}),
  /** The times of the system, in milliseconds, that the rig needs in order to wait and to judge. */
  timings: z
    .strictObject({
      budgetMs: z.int().min(1).default(500),
      providerTimeoutMs: z.int().min(1).default(1_000),
      leaseMs: z.int().min(0).default(0),
      surfaceAfterMs: z.int().min(0).default(0),
      /** How long a breaker refuses all calls after it has opened. */
      breakerProbeAfterMs: z.int().min(0).default(0),
      /** How long after a flip (and its `flush`, if there is one) entries are allowed to use the previous mode. */
      flagStalenessMs: z.int().min(0).default(0),
      /** `breakerFailures` failures within `breakerWindowMs` open a breaker; `breakerProbes` calls can probe it at once. 0: not judged. */
      breakerFailures: z.int().min(0).default(0),
      breakerWindowMs: z.int().min(0).default(0),
      breakerProbes: z.int().min(0).default(0),
      /** A reconciliation ignores rows that are younger than this. */
      reconcileGraceMs: z.int().min(0).default(0),
    })
    .prefault({}),
});

/** The schema of the document, with the conditions that hold between its fields. */
export const systemConfigSchema = systemShape.superRefine((config, { addIssue }) => {
  const { identity, protocol, openBreaker, vantages, timings } = config;
  if (identity === 'wire' && protocol.request.recipient === null) {
    const message = "expected a place: with 'identity: wire' the recipient shows whose uuid a request holds";
    addIssue({ code: 'custom', path: ['protocol', 'request', 'recipient'], message });
  }
  if (openBreaker !== undefined && !vantages.includes('breaker') && timings.breakerProbeAfterMs === 0) {
    const message =
      'expected how long a breaker refuses calls after `openBreaker`, because the breaker is not observed';
    addIssue({ code: 'custom', path: ['timings', 'breakerProbeAfterMs'], message });
  }
});

/** A pair of systems as its author writes it. */
export type SystemConfig = z.input<typeof systemConfigSchema>;

/** A pair of systems as its author writes it, with defaults filled in. */
export type CheckedSystemConfig = z.output<typeof systemConfigSchema>;

/** Gives the description of a system in a module its type. The description is checked when it is loaded. */
export function defineSystem(system: SystemConfig): SystemConfig {
  return system;
}

/** The content of onesend.config.js, .ts, .mjs or .json: the system that commands use unless `--system` names another. */
export interface OnesendConfig {
  readonly system: SystemConfig;
  /** The folder of the corpus, relative to the file. Every certification first replays its counterexamples. Default: `scenarios/corpus`. */
  readonly corpus?: string;
}

/** Gives a configuration file its type. The configuration is checked when it is loaded. */
export function defineConfig(config: OnesendConfig): OnesendConfig {
  return config;
}

/**
 * Checks a description and fills in the defaults; throws one SystemDescriptionError with all errors. `source` names the description in it.
 */
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
