import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOfCredentials } from '../formats/credential.ts';
import { checkSystemConfig } from '../formats/system-config.ts';
import { credentialsOf } from './find-credentials.ts';

const token = '0123456789abcdef'.repeat(2);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-credentials-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function withFile(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
}

function found(fields: object = {}) {
  const config = {
    name: 'pair',
    processes: { legacy: { command: ['laravel/deploy/serve'] }, service: { command: ['node', 'main.js'], cwd: 'go' } },
    database: { setup: 'SELECT 1' },
    seed: { tenant: 'SELECT 1', item: 'SELECT 2' },
    mode: 'SELECT 3',
    trigger: { path: '/send' },
    ...fields,
  };
  return credentialsOf(checkSystemConfig(config, 'pair.json'), folder);
}

test('a description without credentials is clean', () => {
  expect(found()).toEqual([]);
});

test('variables of a process are named by their path, and so are headers', () => {
  const service = { command: ['./service'], environment: { TWILIO_AUTH_TOKEN: token } };
  const headers = { Authorization: `AC${token}` };
  const places = found({
    processes: { legacy: { command: ['./legacy'] }, service },
    trigger: { path: '/send', headers },
  }).map(({ place }) => place);
  expect(places).toEqual(['processes.service.environment.TWILIO_AUTH_TOKEN', 'trigger.headers.Authorization']);
});

test.each(['laravel/deploy/.env', 'laravel/.env', '.env.production', 'go/.env.local'])(
  'a library of the systems would read %s',
  async (name) => {
    await withFile('laravel/deploy/serve', '');
    await withFile(name, `# accounts\nexport TWILIO_AUTH_TOKEN="${token}"\n`);
    expect(found()).toMatchObject([{ place: `${name}: TWILIO_AUTH_TOKEN`, secret: token, isConfirmed: false }]);
  },
);

test.each(['laravel/.env.example', 'elsewhere/.env', 'laravel/env'])('no library would read %s', async (name) => {
  await withFile('laravel/deploy/serve', '');
  await withFile('go/main.js', '');
  await withFile(name, `TWILIO_AUTH_TOKEN=${token}\n`);
  expect(found()).toEqual([]);
});

const work = { command: ['work'], cwd: 'workers' };
const legacy = { command: ['serve'], cwd: 'laravel' };
const service = { command: ['serve'] };
const database = { setup: 'SELECT 1' };

test.each<[string, object]>([
  ['runs beside a process', { processes: { legacy: { ...legacy, also: [work] }, service } }],
  ['prepares a process', { processes: { legacy, service: { ...service, prepare: [work] } } }],
  ['prepares the database', { database: { ...database, prepare: [work] } }],
  ['empties caches', { flush: work }],
  ['shows that a flip was read', { flipRead: work }],
  ['is done between two scenarios', { between: [{ path: '/reset' }, work] }],
  ['opens a breaker', { openBreaker: work, timings: { breakerProbeAfterMs: 1 } }],
  ['recovers', { recover: work }],
  ['reconciles', { reconcile: work }],
])('a command that %s would read the .env files of its own folder', async (_, fields) => {
  await withFile('workers/.env', `TWILIO_AUTH_TOKEN=${token}\n`);
  expect(found({ processes: { legacy, service }, ...fields }).map(({ place }) => place)).toEqual([
    'workers/.env: TWILIO_AUTH_TOKEN',
  ]);
});

test('a command without a folder of its own resolves the files that it names in the folder of its process', async () => {
  const migrate = { command: ['php', 'database/migrate.php'] };
  await withFile('laravel/database/migrate.php', '');
  await withFile('laravel/database/.env', `TWILIO_AUTH_TOKEN=${token}\n`);
  const places = (fields: object) => found({ processes: { legacy, service }, ...fields }).map(({ place }) => place);
  expect(places({})).toEqual([]);
  expect(places({ database: { ...database, prepare: [migrate] } })).toEqual([
    'laravel/database/.env: TWILIO_AUTH_TOKEN',
  ]);
  expect(places({ recover: migrate })).toEqual(['laravel/database/.env: TWILIO_AUTH_TOKEN']);
});

test('a credential whose place is confirmed is accepted, and the refusal of the others names their places, not their values', async () => {
  await withFile('.env', `TWILIO_AUTH_TOKEN=${token}\nTWILIO_ACCOUNT_SID=AC${token}\n`);
  const refusal = (confirmed: string[]) => refusalOfCredentials('pair', found({ confirmed }));
  const all = refusal([]);
  expect(all?.message).toBe(
    'pair: .env: TWILIO_ACCOUNT_SID looks like a Twilio account SID, .env: TWILIO_AUTH_TOKEN looks like a Twilio auth token',
  );
  expect(all?.hint).toContain("`confirmed: ['.env: TWILIO_ACCOUNT_SID']`");
  expect(JSON.stringify(all)).not.toContain(token);
  expect(refusal(['.env: TWILIO_AUTH_TOKEN'])?.message).toBe(
    'pair: .env: TWILIO_ACCOUNT_SID looks like a Twilio account SID',
  );
  expect(refusal(['.env: TWILIO_AUTH_TOKEN', '.env: TWILIO_ACCOUNT_SID'])).toBeUndefined();
});
