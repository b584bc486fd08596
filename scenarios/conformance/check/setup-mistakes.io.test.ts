// A description with a mistake that shows before any message is sent: one line names it and what to do.
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SystemConfig } from '../../../harness/formats/system-config.ts';
import { linesOf, type Mistake, type Replacement } from './mistaken-pair.fixture.ts';

type Row = readonly [what: string, mistake: Mistake, line: RegExp];

const described = (change: (config: SystemConfig) => object): Mistake => ({
  described: (config) => ({ ...config, ...change(config) }),
});
const schema = (...replacements: readonly Replacement[]): Mistake => ({ files: { 'schema.sql': replacements } });

/** The legacy app with other fields in its process description. */
const legacy = (change: object): Mistake =>
  described(({ processes }) => ({ processes: { ...processes, legacy: { ...processes.legacy, ...change } } }));

const serving = (answer: string, port = 'process.env.PORT'): object => ({
  command: ['node', '-e', `require('http').createServer((_, response) => { ${answer} }).listen(${port}, '127.0.0.1')`],
});

const written: readonly Row[] = [
  [
    'an unknown key',
    legacy({ enviroment: {} }),
    /processes\.legacy\.enviroment: unknown, did you mean 'environment'\?/,
  ],
  [
    'a missing SQL file',
    described(({ database }) => ({ database: { ...database, setup: 'shema.sql' } })),
    /database\.setup: expected a readable file at \S+\/shema\.sql \(did you mean 'schema\.sql'\?/,
  ],
  [
    'an unknown placeholder',
    legacy({ environment: { DATABASE_URL: '${databaseURL}' } }),
    /processes\.legacy\.environment\.DATABASE_URL: \$\{databaseURL\} is unknown, did you mean '\$\{databaseUrl\}'\?/,
  ],
  [
    'a path without its slash',
    described(() => ({ trigger: { path: 'campaigns/:campaignId/send' } })),
    /trigger\.path: .*must start with "\/"/,
  ],
];

const inDatabase: readonly Row[] = [
  [
    'one role for both systems',
    described(({ database }) => ({ database: { ...database, roles: { legacy: 'app', service: 'app' } } })),
    /^roles: .*expected two different roles.*\(give each system a role of its own/,
  ],
  [
    'migrations that fail',
    schema(['CREATE TABLE sms_logs', 'CREATE TABEL sms_logs']),
    /^schema: .*syntax error at or near "TABEL"/,
  ],
  [
    'a column with another name',
    schema(['message_uuid text,\n  mode', 'message_uid text,\n  mode']),
    /^tables: .*campaign_sms\.columns\.message_uuid: .*did you mean message_uid\?.*\(write the real names in `database\.tables`/,
  ],
  [
    'a tenant column that the table does not have',
    described(({ database }) => ({
      database: {
        ...database,
        tables: { ...database.tables, quota_accounts: { columns: { tenant_id: 'tenant' } } },
      },
    })),
    /^tables: .*quota_accounts\.columns\.tenant_id: expected a column tenant, found none/,
  ],
  [
    'a table with another name',
    schema(['quota_accounts', 'limit_rates']),
    /^tables: .*expected a table quota_accounts, found none/,
  ],
  [
    'a uuid column of another type',
    schema(['message_uuid text,\n  mode', 'message_uuid bigint,\n  mode']),
    /^tables: .*campaign_sms\.columns\.message_uuid: expected a uuid, found the type int8/,
  ],
  [
    'a quota of type text',
    schema(['units bigint NOT NULL', 'units text NOT NULL']),
    /^tables: .*quota_accounts\.columns\.units: expected a number, found the type text/,
  ],
];

const started: readonly Row[] = [
  [
    'a key in .env that looks real',
    { files: { '.env': `TWILIO_AUTH_TOKEN=${'0123456789abcdef'.repeat(2)}\n` } },
    /^credentials: .*\.env: TWILIO_AUTH_TOKEN looks like a Twilio auth token \(remove it/,
  ],
  ['no grants', schema(['GRANT', '-- GRANT']), /^grants: .*may use no table at all \(let `database\.setup` grant/],
  [
    'a flag in a table that does not exist',
    described(() => ({ mode: 'UPDATE feature_flags SET mode = :mode WHERE tenant_id = :tenantId' })),
    /^seed: .*relation "feature_flags" does not exist: UPDATE feature_flags/,
  ],
  [
    'a flag that is updated and was never inserted',
    described(() => ({ mode: 'UPDATE flags SET mode = :mode WHERE tenant_id = :tenantId' })),
    /^seed: `mode` changed no row \(let it insert the flag of a tenant that has none/,
  ],
  [
    'a seed with another column',
    described(({ seed }) => ({
      seed: { ...seed, item: 'INSERT INTO campaign_sms (id, telephone) VALUES (:itemId, :phone)' },
    })),
    /^seed: .*column "telephone" of relation "campaign_sms" does not exist: INSERT/,
  ],
  [
    'an unknown parameter',
    described(() => ({ mode: 'UPDATE flags SET mode = :mode WHERE tenant_id = :tenant' })),
    /^seed: unknown parameter :tenant in statement.*\(available here: .*:tenantId/,
  ],
  [
    'a queue in a table that does not exist',
    described(() => ({ atRest: 'SELECT count(*) FROM jobs' })),
    /^seed: .*relation "jobs" does not exist: SELECT count.*\(it is run on the tables that `database\.setup` makes/,
  ],
  [
    'a queue from which nothing is removed',
    described(() => ({ atRest: 'SELECT count(*) FROM campaign_sms' })),
    /^queue: it counts 4 although nothing was sent \(let `atRest` count only what a worker removes when it is done/,
  ],
  [
    'a phone number that the seed rewrites',
    described(({ seed }) => ({
      seed: { ...seed, item: String(seed.item).replace(':phone', "ltrim(:phone, '+')") },
    })),
    /^seed: 0 of 4 messages are found by their numbers \(let `seed\.item` write :phone as it is/,
  ],
  [
    'a port other than the given one',
    legacy(serving("response.end('ok')", '0')),
    /^start legacy: .*ECONNREFUSED.*\(see that it listens on 127\.0\.0\.1, at the port that \$\{port\} stands for/,
  ],
  [
    'a command that exits',
    legacy({ command: ['node', '-e', "console.error('no such secret'); process.exit(3)"] }),
    /^start legacy: .*it exited with code 3.*no such secret/,
  ],
  [
    'a process that never gets ready',
    legacy(serving("response.writeHead(503).end('warming up')")),
    /^start legacy: .*status 503: "warming up" \(let `readyPath`/,
  ],
  [
    'a ready path that redirects to itself',
    legacy(serving("response.writeHead(302, { location: '/' }).end()")),
    /^start legacy: .*status 302, which leads to \/ \(let `readyPath` name a path/,
  ],
  [
    'a working directory that does not exist',
    legacy({ cwd: 'app' }),
    /^start legacy: expected node-pair legacy to run in \S+\/app, which is not there \(`cwd` is relative to the description/,
  ],
  [
    'a command that is not installed',
    legacy({ command: ['php-fpm9', '-F'] }),
    /^start legacy: .*php-fpm9.*\(check that php-fpm9 is installed/i,
  ],
];

test.concurrent.each(written)('one line names the mistake in the description: %s', async (_, mistake, line) => {
  expect(await linesOf(mistake)).toEqual([expect.stringMatching(line)]);
});

describe('mistakes in the database', () => {
  test.concurrent.each(inDatabase)('one line names the mistake in the database: %s', async (_, mistake, line) => {
    expect(await linesOf(mistake)).toEqual([expect.stringMatching(line)]);
  });
});

describe('mistakes in the seed or in what starts', () => {
  test.concurrent.each(started)(
    'one line names the mistake in the seed or in what starts: %s',
    async (_, mistake, line) => {
      expect(await linesOf(mistake)).toEqual([expect.stringMatching(line)]);
    },
  );
});

describe('a port that another program uses', () => {
  const other = createServer();
  beforeAll(() => new Promise<void>((done) => other.listen(0, '127.0.0.1', done)));
  afterAll(() => new Promise((done) => other.close(done)));

  test('a port that another program uses is named, with what to do', async () => {
    const { port } = other.address() as AddressInfo;
    expect(await linesOf(legacy({ port }))).toEqual([
      expect.stringMatching(new RegExp(`^port ${port} \\(legacy of node-pair\\) is in use \\(End the program`)),
    ]);
  });
});
