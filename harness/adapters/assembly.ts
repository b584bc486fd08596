// Describes an assembled pair of systems (the reference, the runbook as written, a mutant) as a SystemDescription, the same form that
// an external pair has. Nothing here knows which assembly it describes.
import { dirname } from 'node:path';
import type { Role } from '../../src/contract/message.ts';
import type { System } from '../../src/contract/system.ts';
import { DEFAULT_TIMINGS } from '../../src/contract/settings.ts';
import { TABLES } from '../../src/contract/tables.ts';
import { compiledModule } from '../platform/compiled-module.ts';
import { vantagesOf } from '../formats/vantages.ts';
import { RUNBOOK_PROTOCOL } from '../formats/protocol.ts';
import type { SystemDescription } from '../formats/system-description.ts';

const CREDENTIALS =
  'INSERT INTO provider_credentials (tenant_id, provider, account, token) VALUES (:tenantId, :provider, :account, :token)';

/** The login roles of an assembly, and their placeholders in its set-up SQL: a run can give the roles other names. */
const LOGIN_ROLES = { legacy: 'legacy_app', service: 'messaging_service' } as const;
const ROLE_NAMES = { legacy: '${legacyRole}', service: '${serviceRole}' } as const;

/** Describes an assembly: each of its processes runs `src/node/main.ts`, which loads the module that exports the assembly. */
export function describeAssembly(system: System): SystemDescription {
  const main = compiledModule(import.meta.url, '../../src/node/main.ts');
  const module = compiledModule(system.module, system.module);
  return {
    name: system.name,
    code: [...new Set([dirname(dirname(main)), dirname(module)])],
    processes: { legacy: processOf('legacy', { main, module }), service: processOf('service', { main, module }) },
    database: {
      roles: LOGIN_ROLES,
      prepare: [],
      setup: setupStatements(system),
      reset: [`TRUNCATE ${Object.keys(TABLES).join(', ')}`],
      tables: Object.fromEntries(
        Object.entries(TABLES).map(([name, table]) => [name, { name, key: [...table.primaryKey] }]),
      ),
    },
    seed: {
      tenant: ['INSERT INTO quota_accounts (tenant_id, units) VALUES (:tenantId, :quota)', CREDENTIALS],
      credentials: [CREDENTIALS],
      item: [
        `INSERT INTO campaign_sms (id, tenant_id, campaign_id, phone, body, provider)
         VALUES (:itemId, :tenantId, :campaignId, :phone, :body, :provider)`,
      ],
    },
    providers: ['twilio'],
    refusedHosts: [],
    isProxied: false,
    accounts: 'tenant',
    mode: [
      `INSERT INTO feature_flags (tenant_id, feature_name, mode, epoch) VALUES (:tenantId, 'messaging_service', :mode, 1)
       ON CONFLICT (tenant_id, feature_name) DO UPDATE SET mode = excluded.mode, epoch = feature_flags.epoch + 1`,
    ],
    flush: [],
    between: [],
    atRest: [],
    openBreaker: {
      sql: [
        `INSERT INTO messaging_breakers (name, state, failures, opened_at, probes) VALUES (:breaker, 'OPEN', 5, clock_timestamp(), 0)
         ON CONFLICT (name) DO UPDATE SET state = 'OPEN', opened_at = clock_timestamp(), probes = 0`,
      ],
    },
    identity: 'column',
    protocol: RUNBOOK_PROTOCOL,
    trigger: { method: 'POST', path: '/campaigns/:campaignId/send', body: '{}' },
    recover: { method: 'POST', path: '/recover', body: '{}' },
    reconcile: { method: 'POST', path: '/reconcile', body: '{}' },
    vantages: vantagesOf(system),
    absent: [],
    credentials: [],
    readings: system.readings,
    timings: {
      budgetMs: DEFAULT_TIMINGS.budgetMs,
      providerTimeoutMs: DEFAULT_TIMINGS.providerTimeoutMs,
      leaseMs: DEFAULT_TIMINGS.leaseMs,
      surfaceAfterMs: DEFAULT_TIMINGS.surfaceAfterMs,
      breakerProbeAfterMs: DEFAULT_TIMINGS.breakerProbeAfterMs,
      breakerFailures: DEFAULT_TIMINGS.breakerFailures,
      breakerWindowMs: DEFAULT_TIMINGS.breakerWindowMs,
      breakerProbes: DEFAULT_TIMINGS.breakerProbes,
      reconcileGraceMs: DEFAULT_TIMINGS.reconcileGraceMs,
      flagStalenessMs: 0,
    },
  };
}

function processOf(role: Role, files: { main: string; module: string }) {
  return {
    command: process.execPath,
    arguments: [files.main, '--role', role, '--system', files.module],
    environment: {
      DATABASE_URL: '${databaseUrl}',
      PORT: '${port}',
      SERVICE_URL: '${serviceUrl}',
      PROVIDER_URL: '${providerUrl}',
    },
    also: [],
    prepare: [],
    logs: [],
    readyPath: '/healthz',
  };
}

/** SQL for the tables, the procedures, and only the grants of the assembly: PostgreSQL refuses everything else. */
function setupStatements(system: System): string[] {
  const statements = [...system.migrations, ...Object.values(system.procedures).map((procedure) => procedure.sql)];
  return [...statements, ...grantStatements(system)].map((statement) =>
    statement.replaceAll(':legacy_role', ROLE_NAMES.legacy).replaceAll(':service_role', ROLE_NAMES.service),
  );
}

function grantStatements(system: System): string[] {
  return system.grants.map((grant) => {
    const role = ROLE_NAMES[grant.role];
    if ('procedure' in grant) return `GRANT EXECUTE ON FUNCTION ${grant.procedure} TO ${role}`;
    return `GRANT ${grant.privileges.join(', ')} ON ${grant.table} TO ${role}`;
  });
}
