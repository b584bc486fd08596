import { expect, test } from 'vitest';
import { checkSystemConfig } from '../formats/system-config.ts';
import { packageRoot } from '../platform/compiled-module.ts';
import { describeSystem } from './describe-system.ts';

const minimal = {
  name: 'pair',
  processes: { legacy: { command: ['node', 'main.ts'], cwd: 'harness/cli' }, service: { command: ['./none'] } },
  database: { setup: 'CREATE TABLE t ()', tables: { sms_logs: { name: 'logs', key: ['id'] }, go_sms_logs: {} } },
  seed: { tenant: ['SELECT 1', 'SELECT 2'], item: 'SELECT 3' },
  mode: 'SELECT 4',
  trigger: { path: '/send' },
};

const describe = (fields: object = {}) =>
  describeSystem(checkSystemConfig({ ...minimal, ...fields }, 'pair.json'), packageRoot);

test('a described system has the canonical tables with their keys, unless the description names others', () => {
  expect(describe().database.tables).toEqual({
    campaign_sms: { name: 'campaign_sms', key: ['id'] },
    sms_logs: { name: 'logs', key: ['id'] },
    quota_accounts: { name: 'quota_accounts', key: ['tenant_id'] },
    go_sms_logs: { name: 'go_sms_logs', key: ['message_uuid', 'dry_run'] },
  });
});

test('the accounts of tenants can be described under their former name, which is then the name of the real table', () => {
  const accountsOf = (table: object) =>
    describe({ database: { ...minimal.database, tables: { email_s_m_s_limit_rates: table } } }).database.tables;
  expect(accountsOf({})['quota_accounts']).toEqual({
    name: 'email_s_m_s_limit_rates',
    key: ['tenant_id'],
    columns: { tenant_id: 'owner_id', units: 'sms' },
  });
  expect(accountsOf({ name: 'limits', key: ['owner_id'], columns: { sms: 'left' } })).toEqual({
    ...accountsOf({}),
    quota_accounts: { name: 'limits', key: ['tenant_id'], columns: { tenant_id: 'owner_id', units: 'left' } },
  });
});

test('the code of a described system is the files that its commands name, unless the description lists it', () => {
  expect(describe().code).toEqual([`${packageRoot}/harness/cli/main.ts`]);
  expect(describe({ code: ['harness'] }).code).toEqual([`${packageRoot}/harness`]);
});

test('a worker runs in the folder and with the variables of its process, unless the description says otherwise', () => {
  const also = [{ command: ['php', 'main.ts', 'work'] }, { command: ['./beat'], cwd: 'docs', environment: { A: '2' } }];
  const legacy = { command: ['php', '-S'], cwd: 'harness/cli', environment: { A: '1' }, also };
  const { processes, code } = describe({ processes: { ...minimal.processes, legacy } });
  expect(processes.legacy.also).toEqual([
    {
      command: 'php',
      arguments: ['main.ts', 'work'],
      environment: { A: '1' },
      directory: `${packageRoot}/harness/cli`,
    },
    { command: './beat', arguments: [], environment: { A: '2' }, directory: `${packageRoot}/docs` },
  ]);
  expect(processes.service.also).toEqual([]);
  expect(code).toEqual([`${packageRoot}/harness/cli/main.ts`]);
});

test('a command that prepares a process runs in its folder, and log files are found there or in the directory of the slot', () => {
  const prepare = [{ command: ['php', 'main.ts', 'migrate'] }];
  const logs = ['logs/app.log', '${directory}/app.log', '/var/log/app.log'];
  const legacy = { command: ['php', '-S'], cwd: 'harness/cli', prepare, logs };
  const { processes, code } = describe({ processes: { ...minimal.processes, legacy } });
  expect(processes.legacy.prepare).toEqual([
    { command: 'php', arguments: ['main.ts', 'migrate'], environment: {}, directory: `${packageRoot}/harness/cli` },
  ]);
  expect(processes.legacy.logs).toEqual([`${packageRoot}/harness/cli/logs/app.log`, ...logs.slice(1)]);
  expect(code).toEqual([`${packageRoot}/harness/cli/main.ts`]);
});

test('a fault is absent if the description gives the rig no way to inject it, or no way to judge its effect', () => {
  expect(describe().absent).toEqual(['breaker-open', 'tamper']);
  expect(describe({ absent: ['breaker-open', 'pause'] }).absent).toEqual(['breaker-open', 'pause', 'tamper']);
  const reconcile = { path: '/reconcile' };
  const timings = { breakerProbeAfterMs: 500 };
  const breakable = { openBreaker: 'SELECT 5', reconcile, timings };
  expect(describe(breakable)).toMatchObject({ absent: [], openBreaker: { sql: ['SELECT 5'] } });
  expect(describe({ ...breakable, breakers: 'one' }).absent).toEqual(['breaker OPEN (dry)']);
  const opened = (openBreaker: object) => describe({ ...breakable, openBreaker }).openBreaker;
  expect(opened({ failures: 3 })).toEqual({ failures: 3 });
  expect(opened({ command: ['trip', ':breaker'] })).toMatchObject({ command: 'trip', arguments: [':breaker'] });
  const own = breakable;
  expect(describe({ ...own, identity: { query: 'SELECT 1' } }).absent).toEqual(['missing-uuid']);
  expect(describe({ ...own, identity: 'wire' }).absent).toEqual(['missing-uuid', 'tamper']);
  expect(describe({ ...own, protocol: { path: '/v1/batches' } }).absent).toEqual([]);
  expect(describe({ ...own, protocol: { request: { uuid: 'id' } } }).absent).toEqual(['repeat']);
  const resends = { readings: { redelivery: 'resends' } };
  expect(describe({ ...own, ...resends }).absent).toEqual(['redelivery']);
  const { tables: _, ...database } = { ...minimal.database };
  expect(describe({ ...breakable, database }).absent).toEqual(['tamper']);
});

test('the vantages of a described system are those that its author lists, and those that follow from other fields', () => {
  const all = ['wire', 'database', 'identity', 'entry', 'admission', 'results', 'duplicates', 'payload'];
  expect(describe().vantages).toEqual(all);
  const description = { vantages: ['wire', 'database', 'log', 'counts'], reconcile: { path: '/reconcile' } };
  expect(describe(description).vantages).toEqual([
    'wire',
    'database',
    'log',
    'counts',
    ...all.slice(2),
    'reconciliation',
  ]);
  const lacking = (fields: object) => all.filter((each) => !describe(fields).vantages.some((own) => own === each));
  const without = (protocol: object) => lacking({ protocol });
  expect(without({ answer: { results: null } })).toEqual(['results']);
  expect(without({ answer: { results: '' } })).toEqual(['results']);
  expect(without({ request: { body: null } })).toEqual(['payload']);
  expect(without({ statuses: { sent: 'accepted' } })).toEqual(['duplicates']);
  expect(without({ statuses: { again: 'duplicate' } })).toEqual([]);
  expect(lacking({ trigger: { path: '/send', entersLater: true } })).toEqual(['admission']);
  expect(lacking({ identity: { query: 'SELECT 1' } })).toEqual(['entry']);
  expect(lacking({ identity: 'wire' })).toEqual(['identity', 'entry']);
});

test('a process runs in the folder of the description, or in the one that its author names', () => {
  const { legacy, service } = describe().processes;
  expect(legacy).toMatchObject({ command: 'node', arguments: ['main.ts'], directory: `${packageRoot}/harness/cli` });
  expect(service).toMatchObject({ command: './none', arguments: [], directory: packageRoot });
});

test('all tables are emptied, unless the description has statements for it', () => {
  expect(describe().database.reset).toEqual([expect.stringContaining('TRUNCATE')]);
  expect(describe({ database: { setup: '', reset: ['DELETE FROM t'] } }).database.reset).toEqual(['DELETE FROM t']);
});

test('actions are endpoints, SQL, or commands that run in the folder of the legacy app', () => {
  expect(describe()).toMatchObject({ flush: [], between: [], atRest: [] });
  const description = describe({
    flush: { path: '/flush' },
    between: [{ sql: 'DELETE FROM jobs' }, { command: ['./clear', '--all'] }],
    flipRead: { command: ['./mode', ':tenantId'], cwd: 'docs', environment: { A: 'b' } },
    atRest: 'SELECT count(*) FROM jobs',
  });
  expect(description).toMatchObject({
    flush: [{ method: 'POST', path: '/flush' }],
    between: [
      { sql: ['DELETE FROM jobs'] },
      { command: './clear', arguments: ['--all'], directory: `${packageRoot}/harness/cli`, environment: {} },
    ],
    flipRead: { command: './mode', directory: `${packageRoot}/docs`, environment: { A: 'b' } },
    atRest: ['SELECT count(*) FROM jobs'],
  });
});
