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
  command: commandWords.describe('The program and its arguments.'),
  cwd: z
    .exactOptional(z.string())
    .describe('The working directory, relative to the description. Default: the folder of the description.'),
  environment: z
    .record(z.string(), z.string().superRefine(refusePlaceholders))
    .default({})
    .describe('All environment variables of the process, besides `PATH`.'),
  also: z
    .array(commandSchema)
    .default([])
    .describe(
      'Further commands of the same system, such as the worker of a queue. They are crashed, paused and ended together with the process.',
    ),
  prepare: z
    .array(commandSchema)
    .default([])
    .describe('The commands that each slot runs before it starts the process for the first time.'),
  logs: z
    .array(z.string().superRefine(refusePlaceholders))
    .default([])
    .describe(
      'Its log files, relative to `cwd` or as `${directory}/app.log`. Errors and `check` show their last lines, besides the output of the process.',
    ),
  readyPath: z.string().startsWith('/').default('/').describe('A path that answers 2xx once the process is ready.'),
  port: z
    .exactOptional(z.int().min(1).max(65_535))
    .describe('The port of a process whose port cannot be configured. With it, only one slot can run.'),
});

/** How the rig reads one table: the real names that differ from the canonical ones, and the columns of the primary key. */
const tableSchema = z.strictObject({
  name: z.exactOptional(z.string()).describe('The name of the table in this pair. Default: its canonical name.'),
  key: z
    .exactOptional(commandWords)
    .describe('The columns of the primary key, by their names in this pair. Default: those of the reference.'),
  columns: z
    .exactOptional(z.record(z.string(), z.string()))
    .describe('The names of columns in this pair, by their canonical names. Columns that are not listed keep theirs.'),
  values: z
    .exactOptional(z.record(z.string(), z.record(z.string(), z.string())))
    .describe(
      "The meaning of the words that the system writes into a column, by the column's canonical name: `{ status: { sent: 'accepted' } }`.",
    ),
});

/** Opens a breaker by this number of consecutive failing calls. */
const failuresSchema = z.strictObject({
  failures: z.int().min(1).max(50).describe('The number of consecutive calls that fail before the scenario begins.'),
});

/** The endpoint that sends a campaign. */
const triggerSchema = endpointSchema.extend({
  entersLater: z
    .boolean()
    .default(false)
    .describe(
      'Whether it answers before the messages of the campaign have entered, for example because it only puts a job into a queue.',
    ),
});

/** The readings that a pair can choose. */
const readingsSchema = z.strictObject({
  shadowBilling: z
    .enum(['none', 'legacy'])
    .default('none')
    .describe('Whether a send in SHADOW is charged: not at all, or as the legacy app charges in OFF.'),
  fallbackBilling: z.enum(['charged', 'free']).default('charged').describe('Whether a fallback send is charged.'),
  offBilling: z.enum(['charged', 'free']).default('charged').describe('Whether a send in OFF is charged.'),
  unknownMode: z
    .enum(['OFF', 'reject'])
    .default('OFF')
    .describe('The effect of a flag that is missing or not one of the three modes.'),
  redelivery: z
    .enum(['idempotent', 'resends'])
    .default('idempotent')
    .describe('Whether a second trigger of a campaign sends its messages again.'),
  fallbackLog: z
    .enum(['message', 'batch'])
    .default('message')
    .describe('What one log line of a fallback is about: a message or a whole batch.'),
  negativeBalance: z
    .enum(['never', 'allowed'])
    .default('never')
    .describe('Whether the units of a tenant can fall below zero.'),
} satisfies { readonly [K in ChosenReading]: z.ZodType<Readings[K]> });

/** The times of a system. */
const timingsSchema = z.strictObject({
  budgetMs: z.int().min(1).default(500).describe('How long the legacy app waits for an answer of the service.'),
  providerTimeoutMs: z.int().min(1).default(1_000).describe('How long a system waits for an answer of the provider.'),
  leaseMs: z.int().min(0).default(0).describe('How long a claim of the authority lasts. 0: there is none.'),
  surfaceAfterMs: z
    .int()
    .min(0)
    .default(0)
    .describe('How long after it began an unfinished send is reported as unknown. 0: the pair does not report it.'),
  breakerProbeAfterMs: z.int().min(0).default(0).describe('How long a breaker refuses all calls after it has opened.'),
  flagStalenessMs: z
    .int()
    .min(0)
    .default(0)
    .describe('How long after a flip (and its `flush`, if there is one) entries are allowed to use the previous mode.'),
  breakerFailures: z
    .int()
    .min(0)
    .default(0)
    .describe('How many failures within `breakerWindowMs` open a breaker. 0: not judged.'),
  breakerWindowMs: z
    .int()
    .min(0)
    .default(0)
    .describe('The time within which `breakerFailures` failures open a breaker.'),
  breakerProbes: z.int().min(0).default(0).describe('How many calls can probe a breaker at once. 0: not judged.'),
  reconcileGraceMs: z.int().min(0).default(0).describe('A reconciliation ignores rows that are younger than this.'),
});

/**
 * The schema of the document. SQL can contain :tenantId, :mode, :quota, :account, :token, :provider, :itemId, :campaignId, :phone and
 * :body, bound as parameters; docs/systems.md lists which of them each field has. Paths and bodies can contain :campaignId and :tenantId.
 */
const systemShape = z.strictObject({
  $schema: z.exactOptional(z.string()).describe('The JSON Schema of descriptions, for editors.'),
  format: z.literal(FORMAT).default(FORMAT).describe('The name and the version of the form of descriptions.'),
  name: z.string().min(1).describe('The name of the pair in reports.'),
  code: z
    .exactOptional(z.array(z.string()))
    .describe(
      "Files and folders with the systems' code, whose hashes are in the certificate. Default: the files that the commands name.",
    ),
  processes: z
    .strictObject({
      legacy: processSchema.describe('How the legacy app is started.'),
      service: processSchema.describe('How the service is started.'),
    })
    .describe('How the two processes are started.'),
  database: z
    .strictObject({
      roles: z
        .strictObject({
          legacy: z.string().describe('The role of the legacy app.'),
          service: z.string().describe('The role of the service.'),
        })
        .default({ legacy: 'legacy_app', service: 'messaging_service' })
        .describe('The names of the login roles; the rig creates them with random passwords before `setup`.'),
      prepare: z
        .array(commandSchema)
        .default([])
        .describe(
          "Commands that run once before `setup`, such as migrations, with the owner's ${databaseUrl}. They belong to the legacy app.",
        ),
      setup: sqlSchema.describe(
        'Creates tables and grants: runs once as the owner, on the template database of all slots. It names the roles as ${legacyRole} and ${serviceRole}.',
      ),
      reset: z
        .union([z.literal('truncate-all'), z.array(z.string())])
        .default('truncate-all')
        .describe('Empties the tables between two scenarios: all tables, or what the given statements empty.'),
      tables: z
        .record(z.string(), tableSchema)
        .overwrite(withCurrentTables)
        .default({})
        .describe('The canonical tables that have other names in this pair, and the optional ones that it has.'),
    })
    .describe('How the database is made and emptied, and how its tables are read.'),
  seed: z
    .strictObject({
      tenant: sqlSchema.describe(
        'Creates a tenant: SQL with :tenantId, :quota, :account, :token, :provider and :mode.',
      ),
      item: sqlSchema.describe(
        'Creates a message: SQL with :itemId, :tenantId, :campaignId, :phone, :body and :provider.',
      ),
      credentials: z
        .exactOptional(sqlSchema)
        .describe(
          'Creates an account of a tenant at a second provider: SQL with :tenantId, :provider, :account and :token.',
        ),
    })
    .describe('Inserts the data of a scenario: a tenant, a message, and an account of a tenant at a second provider.'),
  providers: z
    .array(providerSchema)
    .min(1)
    .default(['twilio'])
    .describe('The provider APIs through which the pair sends; ${providerUrl} serves all of them.'),
  refusedHosts: z
    .array(z.string().toLowerCase())
    .default([])
    .describe('Hosts that the systems are expected to request; the rig refuses these requests without reporting them.'),
  accounts: z
    .enum(['tenant', 'process'])
    .default('tenant')
    .describe(
      '`tenant`: each tenant has its own account at the provider. `process`: the processes send all messages with an account of their own.',
    ),
  mode: sqlSchema.describe("Sets a tenant's mode: SQL with :tenantId and :mode."),
  flush: actions.default([]).describe('Empties the caches of modes; runs after each flip.'),
  flipRead: z
    .exactOptional(actionSchema)
    .describe(
      'Returns the mode that the legacy app uses for a tenant. A run in which it does not show a flip within two seconds is discarded.',
    ),
  between: actions.default([]).describe('Runs between two scenarios, after the tables were emptied.'),
  atRest: sqlSchema
    .default([])
    .describe('SQL that counts pending work, such as the jobs of a queue. Nothing is judged before it returns 0.'),
  openBreaker: z
    .exactOptional(z.union([sqlSchema, actionSchema, failuresSchema]))
    .describe(
      'Opens a breaker: an action in which :breaker is `live` or `dry`, or a number of consecutive failing calls.',
    ),
  breakers: z
    .enum(['one', 'two'])
    .default('two')
    .describe('`two`: rehearsals have a breaker of their own. `one`: they share the breaker of real calls.'),
  protocol: protocolSchema.prefault({}).describe('How the legacy app calls the service. Default: as in the runbook.'),
  identity: z
    .union([
      z.enum(['column', 'wire']),
      z.strictObject({
        query: z
          .string()
          .describe('SQL that returns the uuid, with :itemId, :campaignId, :tenantId, :phone and :body.'),
      }),
    ])
    .default('column')
    .describe(
      'Where the rig reads the uuid of a message: in the column `message_uuid` of its row, by a query, or only in the requests (`wire`) that hold it with the number and the text.',
    ),
  trigger: triggerSchema.describe('The endpoint of the legacy app that sends a campaign.'),
  recover: z
    .exactOptional(
      askingSchema({ counts: z.exactOptional(countsSchema).describe('Where the counts are in its answer, by name.') }),
    )
    .describe('Runs one round of recovery; returns counts.'),
  reconcile: z
    .exactOptional(
      askingSchema({
        mismatches: z.exactOptional(mismatchesSchema).describe('Where the mismatches are in its answer.'),
      }),
    )
    .describe('Runs the reconciliation; returns mismatches.'),
  vantages: z
    .array(z.enum(DECLARED_VANTAGES))
    .default(['wire', 'database'])
    .describe(
      'What the rig can observe of the pair. `authority` and `breaker`: tables in the forms of the reference. `log`: the lines of the runbook. `counts`: responses to the user such as `{ "messages": 2, "refused": 1 }`.',
    ),
  absent: z
    .array(z.enum(FAULT_NAMES))
    .default([])
    .describe(
      'Faults that cannot happen to the pair, by kind or label: no run has them, and the certificate lists them.',
    ),
  confirmed: z
    .array(z.string())
    .default([])
    .describe(
      'Credentials that look real and that the systems are allowed to have, by their places as errors name them.',
    ),
  readings: readingsSchema.prefault({}).describe('How the pair reads the ambiguous sentences of the runbook.'),
  timings: timingsSchema
    .prefault({})
    .describe('The times of the system, in milliseconds, that the rig needs in order to wait and to judge.'),
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
