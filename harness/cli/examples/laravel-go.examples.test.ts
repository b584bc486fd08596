// The three stages of the migration in examples/laravel-go, a real Laravel application and a real Go service: the command judges each
// as its README says.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseDocument } from '../../formats/document.ts';
import { gateReportDocument } from '../../formats/gate.ts';
import { type Result, resultDocument } from '../../formats/result.ts';
import { packageRoot } from '../../platform/compiled-module.ts';
import { type Ended, shell } from '../environments/shell.fixture.ts';

const EXAMPLE = join(packageRoot, 'examples', 'laravel-go');

/** Every slot has six processes of PHP and nginx and one of Go. */
const SLOTS = 6;
/** Of the repaired stage; README has the result of more runs. */
const SCENARIOS = process.env['ONESEND_EXAMPLE_SCENARIOS'] ?? '120';
const SEED = process.env['ONESEND_SEED'] ?? '1';
const TIMEOUT_MS = 170_000;

let folder: string;
let built: Ended;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-example-'));
  built = await shell(join(EXAMPLE, 'build'));
  if (process.env['CI'] === 'true') assert.equal(built.exitCode, 0, built.stderr);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach((context) => {
  if (built.exitCode !== 0) context.skip(built.stderr);
});

/** Runs a command of the rig on one stage of the migration. */
function on(stage: string, command: string): Promise<Ended> {
  const system = join(EXAMPLE, `${stage}.config.js`);
  return shell(`onesend ${command} --lane live --system ${system} --slots ${SLOTS} --out ${join(folder, stage)}`, {
    timeoutMs: TIMEOUT_MS,
  });
}

function certify(stage: string, options: string): Promise<Ended> {
  return on(stage, `certify --quiet --seed ${SEED} ${options}`);
}

async function resultOf(stage: string): Promise<Result> {
  const file = join(folder, stage, 'results.json');
  return parseDocument(resultDocument, await readFile(file, 'utf8'), file);
}

test('the descriptions of the three stages have no errors', async () => {
  const stages = ['stock-timeout', 'runbook', 'repaired'];
  const checks = stages.map((stage) =>
    shell(`onesend check --system ${join(EXAMPLE, `${stage}.config.js`)}`, { timeoutMs: TIMEOUT_MS }),
  );
  for (const { exitCode, stdout } of await Promise.all(checks))
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
});

/** The runbook's stage in a folder of its own, sending to the host that Twilio has in the world. */
async function withFixedHost(): Promise<string> {
  const pair = join(folder, 'fixed-host');
  await mkdir(pair);
  for (const name of ['laravel', 'go', 'seed', 'pair.js']) await symlink(join(EXAMPLE, name), join(pair, name));
  const file = join(pair, 'onesend.config.js');
  await writeFile(
    file,
    `import { default as runbook } from '${join(EXAMPLE, 'runbook.config.js')}';
const { code, processes, ...system } = runbook.system;
const TWILIO_URL = 'https://api.twilio.com';
for (const process of Object.values(processes)) process.environment = { ...process.environment, TWILIO_URL };
export default { system: { ...system, processes } };
`,
  );
  return file;
}

test('both systems send to the stub what is meant for a host that is built in, through php-fpm too', async () => {
  const ended = await shell(`onesend check --system ${await withFixedHost()}`, { timeoutMs: TIMEOUT_MS });
  expect(ended).toMatchObject({ exitCode: 0 });
  expect(ended.stdout).toContain('sent by OFF: legacy, SHADOW: legacy, ON: service');
});

describe('the migration with Http::timeout(0.5), on a Laravel that reads it as no timeout', () => {
  test('the migration with Http::timeout(0.5) fails gate 1, on a Laravel that reads it as no timeout', async () => {
    const ended = await on('stock-timeout', 'gate 1');
    expect(ended).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('FAIL: timeout triggered') });
  });

  test('the migration with Http::timeout(0.5) is refused, because calls have no budget', async () => {
    const ended = await certify('stock-timeout', '--runs 12 --stop-at-first');
    expect(ended, `stderr: ${ended.stderr}`).toMatchObject({ exitCode: 1 });
    const { counterexamples } = await resultOf('stock-timeout');
    const violated = counterexamples.flatMap(({ findings }) => findings.map(({ property }) => property));
    expect(violated).toContain('S14');
  });
});

describe('the migration as the runbook means it', () => {
  test('the migration as the runbook means it is refused with a message that is sent twice under one fault', async () => {
    const ended = await certify('runbook', '--runs 12 --stop-at-first');
    expect(ended, `stderr: ${ended.stderr}`).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('SENT AGAIN'),
    });
    const { counterexamples } = await resultOf('runbook');
    expect(counterexamples[0]).toMatchObject({ messages: 1, faults: 1 });
    expect(counterexamples[0]?.findings.map(({ property }) => property)).toContain('S1');
  });
});

describe('the migration repaired', () => {
  test('the migration repaired passes every gate', async () => {
    const ended = await on('repaired', 'gate --json');
    const { gates } = parseDocument(gateReportDocument, ended.stdout, 'the report of the gates');
    expect(ended, `stderr: ${ended.stderr}`).toMatchObject({ exitCode: 0 });
    expect(gates.map(({ id }) => id)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
    expect(gates.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
  });

  // No observer sees when its breaker opens and closes, and its answers to the user have no counts.
  test('the migration repaired is certified, and the headline names what was not judged', async () => {
    const ended = await certify('repaired', `--runs ${SCENARIOS} --sabotage never`);
    expect(ended, `${ended.stdout}\n${ended.stderr}`).toMatchObject({ exitCode: 0 });
    expect(ended.stdout).toMatch(/^PASS, \d+ of 32 properties judged; NOT OBSERVED: (S15|S24|L6) /m);
    const { lanes } = await resultOf('repaired');
    const unjudged = lanes.flatMap(({ evidence }) =>
      Object.entries(evidence.properties).flatMap(([id, { observed }]) => (observed ? [] : [id])),
    );
    expect(unjudged).toEqual(['S15', 'S24', 'L6']);
  });
});
