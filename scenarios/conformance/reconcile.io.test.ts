// Reconciliation on a real PostgreSQL, procedure and twin: which rows count, and which differences are reported.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Mismatch } from '../../src/contract/authority.ts';
import type { Role } from '../../src/contract/message.ts';
import { type PairDatabase, type PairServer, startPairServer } from './pair-database.fixture.ts';
import { FORMS, runCommand } from './procedure-forms.ts';

let server: PairServer;
let database: PairDatabase;
beforeAll(async () => {
  server = await startPairServer();
  database = await server.open();
});
afterAll(async () => {
  await database.close();
  await server.close();
});
beforeEach(() => database.admin.query('TRUNCATE send_authority, sms_logs, go_sms_logs'));

/** One row of a log. Without `uuid` it is `u1`, accepted as `p1`, and a second old. */
interface LogRow {
  readonly uuid?: string;
  readonly status?: string;
  readonly id?: string | null;
  readonly ageMs?: number;
}

interface Logs {
  readonly legacy?: readonly (LogRow & { source?: 'go' | 'legacy' })[];
  readonly service?: readonly (LogRow & { dryRun?: boolean })[];
  readonly holders?: Readonly<Record<string, Role>>;
}

function valuesOf(row: LogRow): unknown[] {
  return [row.uuid ?? 'u1', row.status ?? 'accepted', row.id === undefined ? 'p1' : row.id, row.ageMs ?? 1_000];
}

async function write({ legacy = [], service = [], holders = {} }: Logs): Promise<void> {
  for (const row of legacy) {
    await database.admin.query(
      `INSERT INTO sms_logs (message_uuid, status, provider_message_id, created_at, tenant_id, source)
       VALUES ($1, $2, $3, clock_timestamp() - $4::float8 * interval '1 ms', 1, $5)`,
      [...valuesOf(row), row.source ?? 'go'],
    );
  }
  for (const row of service) {
    await database.admin.query(
      `INSERT INTO go_sms_logs (message_uuid, status, provider_message_id, created_at, tenant_id, recipient, body, dry_run)
       VALUES ($1, $2, $3, clock_timestamp() - $4::float8 * interval '1 ms', 1, 'r', 'b', $5)`,
      [...valuesOf(row), row.dryRun ?? false],
    );
  }
  for (const [uuid, holder] of Object.entries(holders)) {
    await database.admin.query(
      `INSERT INTO send_authority (message_uuid, tenant_id, payload_digest, holder, token, state, epoch, lease_until)
       VALUES ($1, 1, 'p', $2, 't', 'SENT', 1, clock_timestamp())`,
      [uuid, holder],
    );
  }
}

function mismatch(kind: Mismatch['kind'], values: readonly (string | null)[], messageUuid = 'u1'): Mismatch {
  return {
    kind,
    messageUuid,
    legacyValue: values[0] ?? null,
    serviceValue: values[1] ?? null,
  };
}

const RECONCILIATIONS: readonly [string, Logs, readonly Mismatch[], number?][] = [
  ['reports nothing about equal rows', { legacy: [{}], service: [{}], holders: { u1: 'service' } }, []],
  [
    'reports no difference between a duplicate and an acceptance',
    { legacy: [{ status: 'duplicate' }], service: [{}] },
    [],
  ],
  ['finds a row missing in the service log', { legacy: [{}] }, [mismatch('missing_in_go', ['accepted', null])]],
  [
    'finds a row missing in the legacy log',
    { service: [{}], holders: { u1: 'service' } },
    [mismatch('missing_in_laravel', [null, 'accepted'])],
  ],
  [
    'finds different statuses',
    { legacy: [{}], service: [{ status: 'rejected' }] },
    [mismatch('status_mismatch', ['accepted', 'rejected'])],
  ],
  [
    'finds different provider ids',
    { legacy: [{ id: 'p1' }], service: [{ id: 'p2' }] },
    [mismatch('provider_message_id_mismatch', ['p1', 'p2'])],
  ],
  [
    'finds a provider id that one side has lost',
    { legacy: [{ id: null }], service: [{}] },
    [mismatch('provider_message_id_mismatch', [null, 'p1'])],
  ],
  ['reports nothing about provider ids that both sides lack', { legacy: [{ id: null }], service: [{ id: null }] }, []],
  [
    'reports both differences of one message, and messages in order',
    {
      legacy: [{}, { uuid: 'u0' }],
      service: [{ status: 'unknown', id: null }, { uuid: 'u2' }],
      holders: { u1: 'service', u2: 'service' },
    },
    [
      mismatch('missing_in_go', ['accepted', null], 'u0'),
      mismatch('provider_message_id_mismatch', ['p1', null]),
      mismatch('status_mismatch', ['accepted', 'unknown']),
      mismatch('missing_in_laravel', [null, 'accepted'], 'u2'),
    ],
  ],
  ['leaves out dry runs', { service: [{ dryRun: true }] }, []],
  [
    'does not take a dry run for the partner of a live row',
    { legacy: [{}], service: [{ dryRun: true }] },
    [mismatch('missing_in_go', ['accepted', null])],
  ],
  [
    'leaves out the row of a lost claim',
    {
      legacy: [{ source: 'legacy' }],
      service: [{ status: 'rejected', id: null }],
      holders: { u1: 'legacy' },
    },
    [],
  ],
  [
    'leaves out a pending row of the service beside a send of the legacy app',
    { legacy: [{ source: 'legacy' }], service: [{ status: 'pending', id: null }], holders: { u1: 'legacy' } },
    [],
  ],
  [
    'finds an acceptance that the service had no authority for',
    { legacy: [{ source: 'legacy' }], service: [{ id: 'p2' }], holders: { u1: 'legacy' } },
    [mismatch('missing_in_laravel', [null, 'accepted'])],
  ],
  [
    'reports a service row of a message without any authority',
    { legacy: [{ source: 'legacy' }], service: [{ status: 'unknown', id: null }] },
    [mismatch('missing_in_laravel', [null, 'unknown'])],
  ],
  ['leaves out unfinished messages', { service: [{ status: 'pending' }, { uuid: 'u2', status: 'in_progress' }] }, []],
  [
    'takes an unfinished service row for the partner of a legacy row, without comparing them',
    { legacy: [{ status: 'unknown', id: null }], service: [{ status: 'pending', id: 'p1' }] },
    [],
  ],
  [
    'leaves out rows younger than the grace period',
    {
      legacy: [{ ageMs: 100 }, { uuid: 'u2', ageMs: 100 }, { uuid: 'u3', ageMs: 100 }],
      service: [
        { uuid: 'u2', status: 'rejected', ageMs: 120_000 },
        { uuid: 'u3', status: 'rejected', ageMs: 100 },
        { uuid: 'u4', ageMs: 100 },
      ],
    },
    [],
    60_000,
  ],
  [
    'finds rows older than the grace period',
    { legacy: [{ ageMs: 120_000 }], service: [{ uuid: 'u4', ageMs: 120_000 }] },
    [mismatch('missing_in_go', ['accepted', null]), mismatch('missing_in_laravel', [null, 'accepted'], 'u4')],
    60_000,
  ],
];

describe.each(FORMS)('reconciliation, as %s', (form) => {
  test.each(RECONCILIATIONS)('reconciliation %s', async (_title, logs, ...[expected, graceMs = 0]) => {
    await write(logs);
    expect(await runCommand(database.stores.legacy, form, ['reconcile', { graceMs }])).toEqual(expected);
  });
});
