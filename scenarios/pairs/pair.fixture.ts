// The pairs of this folder, described as their authors would.
import type { Role } from '../../src/contract/message.ts';
import { dirname } from 'node:path';
import { describeSystem } from '../../harness/adapters/describe-system.ts';
import { checkSystemConfig, type SystemConfig } from '../../harness/formats/system-config.ts';
import type { SystemDescription } from '../../harness/formats/system-description.ts';
import { compiledModule } from '../../harness/platform/compiled-module.ts';
import { SETUP } from './schema.fixture.ts';
import { type ShapeName, shapeNamed, SHAPES } from './shapes.fixture.ts';

const NAMES = {
  campaign_sms: {
    name: 'outgoing',
    columns: {
      tenant_id: 'tenant',
      campaign_id: 'campaign',
      phone: 'number',
      body: 'words',
      message_uuid: 'ref',
      mode: 'pinned',
    },
  },
  sms_logs: {
    name: 'history',
    columns: { message_uuid: 'ref', tenant_id: 'tenant', source: 'via', status: 'outcome', provider_message_id: 'sid' },
    values: {
      source: { old: 'legacy', new: 'go' },
      status: { sent: 'accepted', refused: 'rejected', doubtful: 'unknown' },
    },
  },
  quota_accounts: { name: 'balances', columns: { tenant_id: 'tenant' } },
};

const STATUSES = {
  sent: 'accepted',
  refused: 'rejected',
  doubtful: 'unknown',
  again: 'duplicate',
  busy: 'in_progress',
} as const;

/** The compiled program of a system. */
function main(name: Role): string {
  return compiledModule(import.meta.url, `./${name}.fixture.ts`);
}

type ProtocolConfig = NonNullable<SystemConfig['protocol']>;

const PROTOCOLS = {
  items: {
    path: '/api/outbox',
    request: {
      tenant: '/meta/tenant',
      dryRun: '/meta/rehearse',
      dryRunIs: ['yes'],
      liveIs: ['no'],
      messages: 'items',
      uuid: 'id',
      recipient: '/to/number',
      body: 'words',
      provider: null,
    },
    answer: { results: '/data/outcomes', uuid: 'id', status: 'state', providerMessageId: 'sid' },
    statuses: STATUSES,
  },
  single: {
    path: '/tenants/:tenant/messages',
    request: {
      tenant: 'path:tenant',
      dryRun: 'header:X-Rehearsal',
      dryRunIs: ['1'],
      liveIs: [null],
      messages: '',
      uuid: 'header:Idempotency-Key',
      recipient: 'number',
      body: 'words',
      provider: null,
    },
    answer: { results: '', uuid: null, status: 'state', providerMessageId: 'sid' },
    statuses: STATUSES,
  },
} satisfies Record<string, ProtocolConfig>;

const TIMINGS = { surfaceAfterMs: 1_500 };

/** Where the answer to a repair has its counts. */
const REPAIR_COUNTS = {
  surfaced: '/given_up/count',
  settled: '/done/settled',
  reentered: '/done/again',
  pending: 'open',
};

/** The recovery of a pair as a command, instead of a request. */
export function repairCommand(shape: ShapeName): NonNullable<SystemConfig['recover']> {
  return { command: [process.execPath, main('legacy'), shape, 'repair'], counts: REPAIR_COUNTS };
}

/** What is different in the configuration of each pair. */
const OWN: Readonly<Record<ShapeName, Partial<SystemConfig>>> = {
  items: {
    protocol: PROTOCOLS.items,
    openBreaker: { failures: SHAPES.items.breakerFailures },
    breakers: 'one',
    between: { path: '/breaker/close' },
    timings: { ...TIMINGS, breakerProbeAfterMs: 1_000 },
  },
  single: {
    protocol: PROTOCOLS.single,
    identity: { query: 'SELECT ref FROM refs WHERE item = :itemId' },
    trigger: { path: '/campaigns/:campaignId/release', headers: { 'X-Tenant': ':tenantId' }, accepts: [303] },
    readings: { unknownMode: 'reject' },
  },
  derived: { protocol: PROTOCOLS.items, identity: 'wire' },
  later: {
    protocol: {
      ...PROTOCOLS.items,
      answer: { results: null, uuid: null, status: null, providerMessageId: null },
      statuses: { 202: 'in_progress' },
      dryRunStatuses: { 202: 'accepted' },
    },
    flush: { path: '/modes/forget' },
    flipRead: { method: 'GET', path: '/modes/:tenantId' },
  },
  queued: {
    protocol: PROTOCOLS.items,
    trigger: { path: '/campaigns/:campaignId/release', entersLater: true },
    atRest: 'SELECT count(*) FROM jobs',
  },
};

/** The configuration of the pair of this shape, as its author writes it. */
export function pairConfig(shape: ShapeName): SystemConfig {
  const environment = { DATABASE_URL: '${databaseUrl}', PORT: '${port}', PROVIDER_URL: '${providerUrl}' };
  return {
    name: `pair-${shape}`,
    processes: {
      legacy: {
        command: [process.execPath, main('legacy'), shape],
        environment: { ...environment, SERVICE_URL: '${serviceUrl}' },
        also: shapeNamed(shape).queues ? [{ command: [process.execPath, main('legacy'), shape, 'work'] }] : [],
      },
      service: { command: [process.execPath, main('service'), shape], environment },
    },
    database: { setup: [...SETUP], tables: NAMES },
    seed: {
      tenant: [
        'INSERT INTO balances (tenant, units) VALUES (:tenantId, :quota)',
        'INSERT INTO accounts (tenant, sid, token) VALUES (:tenantId, :account, :token)',
      ],
      item: `INSERT INTO outgoing (id, tenant, campaign, number, words)
             VALUES (:itemId, :tenantId, :campaignId, :phone, :body)`,
    },
    mode: `INSERT INTO switches (tenant, value) VALUES (:tenantId, :mode)
           ON CONFLICT (tenant) DO UPDATE SET value = excluded.value`,
    trigger: { path: '/campaigns/:campaignId/release' },
    recover: { path: '/repair', counts: REPAIR_COUNTS },
    timings: TIMINGS,
    ...OWN[shape],
  };
}

/** The description that the rig makes of this configuration, with changes. */
export function describePair(shape: ShapeName, changes: Partial<SystemConfig> = {}): SystemDescription {
  const config = { ...pairConfig(shape), ...changes };
  return describeSystem(checkSystemConfig(config, config.name), dirname(main('legacy')));
}
