// Tests the certification on the live lane as a user starts it: it finds a violation, the violation replays, and Ctrl-C stops it.
import { readlinkSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compiledModule } from '../platform/compiled-module.ts';
import { parseDocument } from '../formats/document.ts';
import { certificateDocument } from '../formats/certificate.ts';
import { counterexampleDocument } from '../formats/counterexample.ts';
import { resultDocument } from '../formats/result.ts';
import { listProcesses } from '../live/guard/process-table.ts';
import { METRICS, sdkClient } from '../../scenarios/conformance/check/fixed-host.fixture.ts';
import { writePair } from '../../scenarios/conformance/check/mistaken-pair.fixture.ts';

const main = compiledModule(import.meta.url, './main.ts');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-cli-live-test-'));
  // PostgreSQL can run as another user, which needs access to its directory below.
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function onesend(...commandArguments: string[]) {
  return execa(process.execPath, [main, ...commandArguments], { reject: false, env: { NO_COLOR: '1' } });
}

async function readOutput(...path: string[]): Promise<string> {
  return readFile(join(folder, ...path), 'utf8');
}

test.concurrent(
  'certify refuses the system as written, and the line that it prints replays the counterexample',
  async () => {
    const certified = await onesend(
      'certify',
      '--lane',
      'live',
      '--system',
      'as-written',
      '--runs',
      '60',
      '--slots',
      '6',
      '--stop-at-first',
      '--shrink-time',
      '20s',
      '--out',
      folder,
    );
    expect(certified.exitCode).toBe(1);
    expect(certified.stdout).toContain('VIOLATION: as-written');
    expect(certified.stdout).toContain('SENT AGAIN');

    const result = parseDocument(resultDocument, await readOutput('results.json'), 'results.json');
    parseDocument(certificateDocument, await readOutput('certificate.json'), 'certificate.json');
    expect(await readOutput('junit.xml')).toContain('<failure');
    const [first] = result.counterexamples;
    const file = first?.file ?? '';
    const stored = parseDocument(counterexampleDocument, await readOutput(file), file);
    expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);

    const line = /^replay it: +npx onesend (.*)$/m.exec(certified.stdout)?.[1] ?? '';
    expect(line).toBe(`replay ${stored.id}`);
    const [replayed, fixed] = await Promise.all([
      onesend(...line.split(' '), '--slots', '3'),
      onesend('replay', join(folder, file), '--system', 'reference', '--slots', '3', '--json'),
    ]);
    expect(replayed.stdout).toMatch(/^FAILED: /);
    expect(replayed.exitCode).toBe(1);
    expect(JSON.parse(fixed.stdout)).toMatchObject({ format: 'onesend.replay/2', outcome: 'FIXED' });
    expect(fixed.exitCode).toBe(0);

    const altered = join(folder, 'altered.json');
    const scenario = { ...stored.case.scenario, seed: stored.case.scenario.seed + 1 };
    await writeFile(altered, JSON.stringify({ ...stored, case: { ...stored.case, scenario } }));
    const refused = await onesend('replay', altered);
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('differs from its own history') });
  },
);

test.concurrent('Ctrl-C ends a certification and saves its results', async () => {
  const running = execa(
    process.execPath,
    [main, 'certify', '--system', 'reference', '--lane', 'live', '--slots', '2', '--out', join(folder, 'interrupted')],
    {
      reject: false,
    },
  );
  running.stderr.on('data', (data: Buffer) => {
    if (String(data).includes(' runs, ')) running.kill('SIGINT');
  });
  const { exitCode } = await running;
  expect(exitCode).toBe(130);
  const result = parseDocument(resultDocument, await readOutput('interrupted', 'results.json'), 'results.json');
  expect(result.verdict).toBe('interrupted');
});

test.concurrent(
  'Ctrl-C during the wire mutants saves the outcome of the search, and leaves no process or file behind',
  async () => {
    const pair = join(folder, 'sabotaged');
    const [temporary, out] = [join(pair, 'tmp'), join(pair, 'out')];
    const system = await writePair(pair, {});
    await mkdir(temporary);
    const options = ['--lane', 'live', '--system', system, '--slots', '2', '--runs', '1', '--seed', '1', '--out', out];
    const running = execa(process.execPath, [main, 'certify', '--sabotage', 'always', ...options], {
      reject: false,
      env: { TMPDIR: temporary },
    });
    let amid: number[] = [];
    running.stderr.on('data', (data: Buffer) => {
      if (!String(data).includes(' wire mutants')) return;
      amid = processesIn(pair);
      running.kill('SIGINT');
    });
    expect(await running).toMatchObject({ exitCode: 130, stdout: expect.stringMatching(/^INTERRUPTED/m) });
    const { verdict, lanes, sabotage } = parseDocument(
      resultDocument,
      await readFile(join(out, 'results.json'), 'utf8'),
      'results.json',
    );
    expect({ verdict, sabotage }).toEqual({ verdict: 'interrupted', sabotage: undefined });
    expect(lanes.map(({ evidence }) => evidence.runs.completed)).toEqual([1]);
    expect((await readdir(out)).toSorted()).toEqual([
      'certificate.json',
      'certificate.txt',
      'events.ndjson',
      'index.html',
      'junit.xml',
      'results.json',
      'results.sarif',
      'summary.md',
    ]);
    expect(amid).not.toEqual([]);
    expect(processesIn(pair)).toEqual([]);
    expect(await readdir(temporary)).toEqual([]);
  },
);

/** The pids of the processes whose working directory is a folder or lies below it. */
function processesIn(top: string): number[] {
  return listProcesses().flatMap(({ pid, ended }) => (!ended && directoryOf(pid).startsWith(top) ? [pid] : []));
}

function directoryOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

test.concurrent(
  'a call to an unknown host with each message is a violation that names the host, and it replays',
  async () => {
    const pair = join(folder, 'pair');
    const system = await writePair(pair, { files: { 'provider.js': sdkClient(METRICS) } });
    const common = ['--lane', 'live', '--system', system, '--slots', '3'];
    const options = ['--runs', '1', '--stop-at-first', '--shrink-time', '8s', '--sabotage', 'never'];
    const certified = await onesend('certify', ...common, ...options, '--out', join(pair, 'out'));
    expect(certified).toMatchObject({ exitCode: 1 });
    expect(certified.stdout).toMatch(/egress: the (legacy|service) process asked for metrics\.example\.com:443/);
    const [, id = '', named] = /^replay it: +npx onesend replay (\S+) --system (\S+)$/m.exec(certified.stdout) ?? [];
    expect(named).toBe(system);
    const replayed = await onesend('replay', id, ...common);
    expect(replayed).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^FAILED: /) });
  },
);
