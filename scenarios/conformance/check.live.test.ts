// `onesend check` on the smallest pair and on the reference, and on the pair with mistakes planted: each ends in one line that names it.
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import { loadSystem } from '../../harness/adapters/load-system.ts';
import type { CheckStep } from '../../harness/formats/check.ts';
import type { ProcessDescription, SystemDescription } from '../../harness/formats/system-description.ts';
import { checkPair } from '../../harness/live/check/check-pair.ts';
import { openSharedInfrastructure } from '../../harness/live/shared-server.fixture.ts';
import { packageRoot } from '../../harness/platform/compiled-module.ts';
import { system as reference } from '../../src/reference.ts';

const EXAMPLE = join(packageRoot, 'examples/node-pair');
/** Long enough for a process on a machine that is busy, and short enough to wait for one that never serves. */
const READY_TIMEOUT_MS = 3_000;

let pair: SystemDescription;
let folder: string;
beforeAll(async () => {
  pair = (await loadSystem(join(EXAMPLE, 'onesend.config.js'), {})).description;
  folder = await mkdtemp(join(tmpdir(), 'onesend-check-test-'));
  await symlink(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** All steps of a check on the shared server. */
async function check(description: SystemDescription): Promise<CheckStep[]> {
  const infrastructure = await openSharedInfrastructure();
  try {
    return await checkPair({ description, infrastructure, readyTimeoutMs: READY_TIMEOUT_MS });
  } finally {
    await infrastructure.close();
  }
}

/** The steps that failed, a line each as the terminal shows it. */
function failuresOf(steps: readonly CheckStep[]): string[] {
  return steps.flatMap(({ step, outcome, finding, hint, details }) =>
    outcome === 'failed' ? [`${step}: ${finding} (${hint})${details.map((line) => `; ${line}`).join('')}`] : [],
  );
}

function outcomesOf(steps: readonly CheckStep[], outcome: CheckStep['outcome']): string[] {
  return steps.flatMap((step) => (step.outcome === outcome ? [step.step] : []));
}

test('nothing is wrong with the smallest pair, and what it does not have is not applicable', async () => {
  const steps = await check(pair);
  expect(failuresOf(steps)).toEqual([]);
  expect(outcomesOf(steps, 'not-tried')).toEqual([]);
  expect(outcomesOf(steps, 'not-applicable')).toEqual(['flush', 'breaker', 'recover', 'reconcile']);
});

test('nothing is wrong with the reference, which has a breaker, a recovery and a reconciliation', async () => {
  const steps = await check(describeAssembly(reference));
  expect(failuresOf(steps)).toEqual([]);
  expect(outcomesOf(steps, 'not-applicable')).toEqual(['flush']);
});

describe('one line names the mistake and the way out, and nothing is started:', () => {
  const withSetup = (edit: (sql: string) => string): SystemDescription => ({
    ...pair,
    database: { ...pair.database, setup: pair.database.setup.map(edit) },
  });
  const mistakes: Record<string, [() => SystemDescription, RegExp]> = {
    'one role for both systems': [
      () => ({ ...pair, database: { ...pair.database, roles: { legacy: 'app', service: 'app' } } }),
      /^roles: .*database\.roles: expected two different roles.*\(give each system a role of its own/,
    ],
    'migrations that fail': [
      () => withSetup((sql) => sql.replace('CREATE TABLE sms_logs', 'CREATE TABEL sms_logs')),
      /^schema: .*syntax error at or near "TABEL"/,
    ],
    'a column of another name': [
      () => withSetup((sql) => sql.replace('message_uuid text,\n  mode', 'message_uid text,\n  mode')),
      /^tables: .*campaign_sms\.columns\.message_uuid: .*did you mean message_uid\?.*\(say the real names in `database\.tables`/,
    ],
    'a column that the description names and no table has': [
      () => {
        const { tables } = pair.database;
        const sms_logs = { name: 'sms_logs', key: ['message_uuid'], columns: { status: 'state' } };
        return { ...pair, database: { ...pair.database, tables: { ...tables, sms_logs } } };
      },
      /^tables: .*sms_logs\.columns\.status: expected a column state, found none/,
    ],
    'a table of another name': [
      () => withSetup((sql) => sql.replaceAll('email_s_m_s_limit_rates', 'limit_rates')),
      /^tables: .*expected a table email_s_m_s_limit_rates, found none/,
    ],
    'a uuid column of another type': [
      () => withSetup((sql) => sql.replace('message_uuid text,\n  mode', 'message_uuid bigint,\n  mode')),
      /^tables: .*campaign_sms\.columns\.message_uuid: expected a uuid, found the type int8/,
    ],
  };
  test.each(Object.entries(mistakes))('%s', async (_, [describeIt, line]) => {
    const steps = await check(describeIt());
    const [failure, ...more] = failuresOf(steps);
    expect(failure).toMatch(line);
    expect(more).toEqual([]);
    expect(steps.at(-1)).toMatchObject({ step: 'reset', outcome: 'not-tried' });
  });
});

/** A pair whose processes are these programs. */
function withPrograms(programs: { legacy?: string; service?: string }): SystemDescription {
  const run = (program: string | undefined, described: ProcessDescription): ProcessDescription =>
    program === undefined ? described : { ...described, command: process.execPath, arguments: ['-e', program] };
  const { legacy, service } = pair.processes;
  return {
    ...pair,
    processes: { legacy: run(programs.legacy, legacy), service: run(programs.service, service) },
  };
}

const serving = (answer: string, port = 'process.env.PORT'): string =>
  `require('http').createServer((request, response) => { ${answer} }).listen(${port}, '127.0.0.1')`;

describe('what does not start is named with the reason, and what does not depend on it goes on:', () => {
  test('a port of its own, and a command that exits', async () => {
    const steps = await check({
      ...withPrograms({
        legacy: serving("response.end('ok')", '0'),
        service: "console.error('no such secret'); process.exit(3)",
      }),
      seed: { ...pair.seed, item: ['INSERT INTO campaign_sms (id, telephone) VALUES (:itemId, :phone)'] },
    });
    expect(failuresOf(steps)).toEqual([
      expect.stringMatching(/^seed: .*column "telephone" of relation "campaign_sms" does not exist: INSERT/),
      expect.stringMatching(/^start legacy: .*ECONNREFUSED.*\(see that it listens on 127\.0\.0\.1, at the port/),
      expect.stringMatching(/^start service: .*it exited with code 3.*no such secret/),
    ]);
    expect(outcomesOf(steps, 'ok')).toEqual(['credentials', 'servers', 'roles', 'schema', 'tables', 'grants']);
  });

  test('one that never gets ready, and a login that redirects to itself', async () => {
    const steps = await check({
      ...withPrograms({
        legacy: serving("response.writeHead(302, { location: '/' }).end()"),
        service: serving("response.writeHead(503).end('warming up')"),
      }),
      database: { ...pair.database, setup: pair.database.setup.map((sql) => sql.replaceAll(/^GRANT.*$/gm, '')) },
    });
    expect(failuresOf(steps)).toEqual([
      expect.stringMatching(/^grants: .*may use no table at all \(let `database\.setup` grant/),
      expect.stringMatching(/^start legacy: .*status 302, which leads to \/ \(let `readyPath` name a path/),
      expect.stringMatching(/^start service: .*status 503: "warming up" \(let `readyPath`/),
    ]);
    expect(outcomesOf(steps, 'ok')).toContain('reset');
  });
});

describe('what looks like a real credential', () => {
  const secret = '0123456789abcdef'.repeat(2);
  const place = '.env: TWILIO_AUTH_TOKEN';
  const withCredential = (isConfirmed: boolean): SystemDescription => ({
    ...withPrograms({
      legacy: serving(`console.log('${secret}'); response.writeHead(500).end('${secret}')`),
      service: `console.log('${secret}'); process.exit(3)`,
    }),
    credentials: [{ place, kind: 'a Twilio auth token', secret, isConfirmed }],
  });

  test('starts nothing unless it is confirmed', async () => {
    const steps = await check(withCredential(false));
    expect(failuresOf(steps)).toEqual([
      expect.stringMatching(/^credentials: .*\.env: TWILIO_AUTH_TOKEN looks like a Twilio auth token \(take it away/),
    ]);
    expect(outcomesOf(steps, 'not-tried')).toEqual(expect.arrayContaining(['start legacy', 'start service', 'sends']));
  });

  test('is shown nowhere if it is, whatever the systems write', async () => {
    const steps = await check(withCredential(true));
    const failures = failuresOf(steps).join('\n');
    expect(failures).toMatch(/start legacy: .*status 500: "\[\.env: TWILIO_AUTH_TOKEN\]"/);
    expect(failures).toMatch(/start service: .*it exited with code 3.*\[\.env: TWILIO_AUTH_TOKEN\]/);
    expect(JSON.stringify(steps)).not.toContain(secret);
  });
});

/** The pair with its code altered: each file with texts to be replaced. */
async function withCode(
  edits: Readonly<Record<string, readonly (readonly [string, string])[]>>,
): Promise<SystemDescription> {
  const directory = await mkdtemp(join(folder, 'pair-'));
  await cp(EXAMPLE, directory, { recursive: true });
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
  for (const [file, replacements] of Object.entries(edits)) {
    let text = await readFile(join(directory, file), 'utf8');
    for (const [from, to] of replacements) {
      expect(text).toContain(from);
      text = text.replaceAll(from, to);
    }
    await writeFile(join(directory, file), text);
  }
  const { legacy, service } = pair.processes;
  return { ...pair, processes: { legacy: { ...legacy, directory }, service: { ...service, directory } } };
}

test('a pair that runs is told what cannot be read of it, a line each', async () => {
  const described = await withCode({
    'service.js': [["{ status: 'accepted', id: null }", "{ status: 'would_send', id: null }"]],
    'legacy.js': [
      ['const database =', 'const modes = {};\nconst database ='],
      ["= rows[0]?.mode ?? 'OFF'", "= (modes[tenantId] ??= rows[0]?.mode ?? 'OFF')"],
    ],
  });
  const steps = await check({
    ...described,
    database: {
      ...described.database,
      reset: ['TRUNCATE campaign_sms, flags, provider_credentials, email_s_m_s_limit_rates'],
    },
    flush: [{ method: 'POST', path: '/flush' }],
    recover: { method: 'POST', path: '/recover' },
    reconcile: { method: 'POST', path: '/reconcile' },
  });
  expect(failuresOf(steps)).toEqual([
    expect.stringMatching(/^words: .*the status 'would_send' is none that is known \(the words are accepted/),
    expect.stringMatching(/^flip: .*the mode before the flip \(the flag may lie in a cache: let `flush`/),
    expect.stringMatching(/^recover: .*no counts could be read/),
    expect.stringMatching(/^reconcile: .*no mismatches could be read/),
    expect.stringMatching(
      /^reset: rows were left after the reset: "sms_logs": 4, "go_sms_logs": 2 \(let `database\.reset`/,
    ),
  ]);
  expect(outcomesOf(steps, 'not-tried')).toEqual([]);
});
