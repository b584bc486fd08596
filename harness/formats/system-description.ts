// The description of a pair of systems under certification: plain data, so that it can be hashed into a certificate. The runner
// knows no system by name; the reference comes in by the same door as anyone's.
import { z } from 'zod';
import { DEFAULT_READINGS } from '../../src/contract/readings.ts';
import { complaintsOf } from './complaints.ts';
import { SystemDescriptionError } from '../platform/errors.ts';
import { FAULT_NAMES } from '../faults/absent.ts';
import { VANTAGES } from './history.ts';

const FORMAT = 'onesend.system/1';

const statements = z.array(z.string());

/** How one process is started. Values may hold ${databaseUrl}, ${port}, ${serviceUrl} and ${providerUrl}. */
const processSchema = z.strictObject({
  command: z.string(),
  arguments: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  /** A path that answers 2xx once the process serves. */
  readyPath: z.string(),
  /** A fixed port, for a process that cannot be told one: then only one slot can run. */
  port: z.exactOptional(z.int().min(1).max(65_535)),
});

/** One table as the rig reads it: its real name, and real column names where they differ from the canonical ones. */
const tableSchema = z.strictObject({
  name: z.string(),
  key: z.array(z.string()).min(1),
  columns: z.exactOptional(z.record(z.string(), z.string())),
});

const endpointSchema = z.strictObject({
  method: z.enum(['GET', 'POST']),
  path: z.string(),
  body: z.exactOptional(z.string()),
});

/**
 * The schema of a system description. SQL statements may hold :tenantId, :mode, :quota, :account, :token, :provider, :itemId, :campaignId,
 * :phone, :body (as far as they make sense where they stand), bound as parameters. Endpoint paths may hold :campaignId and :tenantId.
 */
export const systemDescriptionSchema = z.strictObject({
  format: z.literal(FORMAT),
  name: z.string().min(1),
  /** Files and folders that hold the systems' code; they are hashed into the certificate. */
  code: z.array(z.string()),
  processes: z.strictObject({ legacy: processSchema, service: processSchema }),
  database: z.strictObject({
    /** The names of the login roles; the rig creates them with random passwords before `setup`. */
    roles: z.strictObject({ legacy: z.string(), service: z.string() }),
    /** Run once by the owner, on the template all slots are cloned from. It names the roles as ${legacyRole} and ${serviceRole}. */
    setup: statements,
    /** Empties the tables between two scenarios. */
    reset: statements,
    /** Canonical table name to real table. campaign_sms, sms_logs and email_s_m_s_limit_rates are mandatory. */
    tables: z
      .record(z.string(), tableSchema)
      .refine((tables) => ['campaign_sms', 'sms_logs', 'email_s_m_s_limit_rates'].every((name) => name in tables), {
        message: 'expected at least the tables campaign_sms, sms_logs and email_s_m_s_limit_rates',
      }),
  }),
  /** Puts the data of a scenario in place. */
  seed: z.strictObject({ tenant: statements, item: statements }),
  /** Flags a tenant's mode. */
  mode: statements,
  /** Empties whatever caches the mode after a flip; an endpoint of the legacy app. */
  flush: z.exactOptional(endpointSchema),
  /** Puts a breaker into OPEN; :breaker is `live` or `dry`. */
  openBreaker: z.exactOptional(statements),
  trigger: endpointSchema,
  /** One round of recovery; answers a JSON object of counts. */
  recover: z.exactOptional(endpointSchema),
  /** The reconciliation command; answers a JSON array of mismatches. */
  reconcile: z.exactOptional(endpointSchema),
  vantages: z.array(z.enum(VANTAGES)),
  /** Faults that the system cannot have, by kind or label: they are planned nowhere, and the certificate says so. */
  absent: z.array(z.enum(FAULT_NAMES)).default([]),
  readings: z
    .strictObject({
      shadowBilling: z.enum(['none', 'legacy']),
      fallbackBilling: z.enum(['charged', 'free']),
      offBilling: z.enum(['charged', 'free']),
      shadowReconciliation: z.literal('exclude-dry-runs'),
      timeout: z.literal('compete-for-authority'),
    })
    .default(DEFAULT_READINGS),
  /** Times of the system in milliseconds, as far as the rig must know them to wait and to judge. */
  timings: z.strictObject({
    budgetMs: z.int().min(1),
    providerTimeoutMs: z.int().min(1),
    leaseMs: z.int().min(0),
    surfaceAfterMs: z.int().min(0),
    /** How long a breaker that opened refuses all calls. */
    breakerProbeAfterMs: z.int().min(0).default(0),
    /** How long after a flip, and after `flush` where there is one, an entry may still go by the flag before it. */
    flagStalenessMs: z.int().min(0).default(0),
    /** How many failures within how long open a breaker, and how many calls may probe it at once; 0 where that is not to be judged. */
    breakerFailures: z.int().min(0).default(0),
    breakerWindowMs: z.int().min(0).default(0),
    breakerProbes: z.int().min(0).default(0),
    /** Rows younger than this are left out of a reconciliation. */
    reconcileGraceMs: z.int().min(0).default(0),
  }),
});

/** A pair of systems, described. */
export type SystemDescription = z.infer<typeof systemDescriptionSchema>;

/** Checks a description and fills in its defaults; throws one SystemDescriptionError that names everything that is wrong. */
export function defineSystem(
  description: z.input<typeof systemDescriptionSchema>,
  source = 'system description',
): SystemDescription {
  const found = (description as { format?: unknown } | null)?.format;
  if (found !== FORMAT) {
    throw wrong(source, [`format: expected ${FORMAT}, found ${JSON.stringify(found) ?? 'none'}`]);
  }
  const parsed = systemDescriptionSchema.safeParse(description, { reportInput: true });
  if (parsed.success) return { ...parsed.data, absent: absentIn(parsed.data) };
  throw wrong(source, complaintsOf(systemDescriptionSchema, parsed.error.issues));
}

/** Nobody can open the breaker of a system that does not say how. */
function absentIn({ absent, openBreaker }: SystemDescription): SystemDescription['absent'] {
  return openBreaker === undefined && !absent.includes('breaker-open') ? [...absent, 'breaker-open'] : absent;
}

function wrong(source: string, complaints: readonly string[]): SystemDescriptionError {
  const hint = 'see the section on systems in the README';
  const [only, ...more] = complaints;
  if (more.length === 0) return new SystemDescriptionError(`${source}: ${only}`, { hint });
  return new SystemDescriptionError(`${source}: ${complaints.length} errors`, { hint, details: complaints });
}
