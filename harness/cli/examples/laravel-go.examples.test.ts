// Tests the three stages of the migration in examples/laravel-go, a real Laravel application and a real Go service: the verdict of each
// stage is the one in its README.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GATES } from '../../../scenarios/gates/all-gates.ts';
import { checkReportDocument } from '../../formats/check.ts';
import { parseDocument } from '../../formats/document.ts';
import { gateReportDocument } from '../../formats/gate.ts';
import { type Result, resultDocument } from '../../formats/result.ts';
import { packageRoot } from '../../platform/compiled-module.ts';
import { expectAsDocumented } from '../documented/as-documented.fixture.ts';
import { type Ended, shell } from '../environments/shell.fixture.ts';

const EXAMPLE = join(packageRoot, 'examples', 'laravel-go');

const SEED = process.env['ONESEND_SEED'] ?? '1';

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

/** Runs a command of the README in the folder of the example, with `out` as its output folder. */
function run(command: string, out: string): Promise<Ended> {
  return shell(`${command} --quiet --out ${join(folder, out)}`, {
    cwd: EXAMPLE,
    environment: { ONESEND_SEED: SEED },
  });
}

/** Runs a command whose output the README shows, and compares the outputs. */
async function runAsDocumented(command: string, out: string): Promise<Ended> {
  const ended = await run(command, out);
  expectAsDocumented(command, ended.stdout, 'found');
  return ended;
}

async function resultOf(stage: string): Promise<Result> {
  const file = join(folder, stage, 'results.json');
  return parseDocument(resultDocument, await readFile(file, 'utf8'), file);
}

test('the descriptions of the three stages have no errors', async () => {
  const stages = ['stock-timeout', 'runbook', 'repaired'];
  const checks = stages.map((stage) => shell(`onesend check --json --system ${join(EXAMPLE, `${stage}.config.js`)}`));
  for (const { exitCode, stdout } of await Promise.all(checks))
    expect({ exitCode, report: parseDocument(checkReportDocument, stdout, 'stdout') }).toMatchObject({ exitCode: 0 });
});

/** A copy of the stage `runbook` that sends to the real host of Twilio, and its configuration's path. */
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

test('the sends of both systems to the built-in host of Twilio reach the stub, also those of php-fpm', async () => {
  const ended = await shell(`onesend check --system ${await withFixedHost()}`);
  expect(ended).toMatchObject({ exitCode: 0 });
  expect(ended.stdout).toContain('sent by OFF: legacy, SHADOW: legacy, ON: service');
});

describe('the migration with Http::timeout(0.5), on a Laravel that reads it as no timeout', () => {
  test('the migration with Http::timeout(0.5) fails gate 1, on a Laravel that reads it as no timeout', async () => {
    const ended = await runAsDocumented('onesend gate 1 --system stock-timeout.config.js --slots 6', 'stock-timeout');
    expect(ended).toMatchObject({ exitCode: 1 });
  });

  test('the migration with Http::timeout(0.5) is refused, because calls have no budget', async () => {
    const command =
      'onesend certify --system stock-timeout.config.js --slots 6 --runs 12 --stop-at-first --shrink-time 10s';
    const ended = await run(command, 'stock-timeout');
    expect(ended, `stderr: ${ended.stderr}`).toMatchObject({ exitCode: 1 });
    const { counterexamples } = await resultOf('stock-timeout');
    const violated = counterexamples.flatMap(({ findings }) => findings.map(({ property }) => property));
    expect(violated).toContain('S14');
  });
});

describe('the migration as the runbook means it', () => {
  test('the migration as the runbook means it is refused with a message that is sent twice under one fault', async () => {
    const ended = await runAsDocumented(
      'onesend certify --system runbook.config.js --slots 6 --runs 12 --stop-at-first',
      'runbook',
    );
    expect(ended, `stderr: ${ended.stderr}`).toMatchObject({ exitCode: 1 });
    const { counterexamples } = await resultOf('runbook');
    expect(counterexamples[0]).toMatchObject({ messages: 1, faults: 1 });
    expect(counterexamples[0]?.findings.map(({ property }) => property)).toContain('S1');
  });
});

describe('the migration repaired', () => {
  test('the migration repaired passes every gate', async () => {
    const ended = await runAsDocumented('onesend gate --system repaired.config.js --slots 6', 'repaired');
    expect(ended, `stderr: ${ended.stderr}`).toMatchObject({ exitCode: 0 });
    const file = join(folder, 'repaired', 'gates.json');
    const { gates } = parseDocument(gateReportDocument, await readFile(file, 'utf8'), file);
    expect(gates.map(({ id }) => id)).toEqual(GATES.map(({ id }) => id));
    expect(gates.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
  });

  // No observer sees when the breaker of this stage opens and closes, and its answers to the user have no counts.
  test('the migration repaired is certified, and the headline names what was not judged', async () => {
    const ended = await runAsDocumented(
      'onesend certify --system repaired.config.js --slots 6 --runs 120 --sabotage never',
      'repaired',
    );
    expect(ended, `${ended.stdout}\n${ended.stderr}`).toMatchObject({ exitCode: 0 });
    const { lanes } = await resultOf('repaired');
    const unjudged = lanes.flatMap(({ evidence }) =>
      Object.entries(evidence.properties).flatMap(([id, { observed }]) => (observed ? [] : [id])),
    );
    expect(unjudged).toEqual(['S15', 'S24', 'L6']);
  });
});
