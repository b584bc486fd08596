// Tests --isolate: processes of a system cannot connect to ports outside, and the command works, ends and cleans up as without the flag.
import { readlinkSync } from 'node:fs';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test, type TestContext, vi } from 'vitest';
import { listProcesses } from '../../live/guard/process-table.ts';
import { packageRoot } from '../../platform/compiled-module.ts';
import { errorLines, folderOf, needs, shell, withCommand } from './shell.fixture.ts';

const NAMESPACES = 'unshare --user --map-root-user --net --pid --fork --mount-proc true';

/** A pair whose service only tries to connect to a port of this machine: it exits with code 7 if it could, and with 8 if not. */
async function pairThatReaches(port: number, folder: string): Promise<string> {
  const program = `require('net').connect(${port}, '127.0.0.1').on('connect', () => process.exit(7)).on('error', () => process.exit(8))`;
  const system = {
    name: 'outward',
    processes: { legacy: { command: ['node', '-e', ''] }, service: { command: ['node', '-e', program] } },
    database: { setup: join(packageRoot, 'examples/node-pair/schema.sql') },
    seed: { tenant: 'SELECT 1', item: 'SELECT 1' },
    mode: 'SELECT 1',
    trigger: { path: '/send' },
  };
  const file = join(folder, 'outward.json');
  await writeFile(file, JSON.stringify(system));
  return file;
}

async function listener({ onTestFinished }: TestContext): Promise<number> {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test.concurrent.for([
  ['', 'it exited with code 7'],
  ['--isolate', 'it exited with code 8'],
] as const)('a process of a system, with "%s": %s', async ([flag, finding], context) => {
  await needs(context, NAMESPACES);
  const folder = await folderOf(context);
  const file = await pairThatReaches(await listener(context), folder);
  const ended = await shell(`onesend check ${flag} --system ${file} --json --quiet`);
  const { steps }: { steps: { step: string; finding: string }[] } = JSON.parse(ended.stdout);
  expect(steps.find(({ step }) => step === 'start service')?.finding).toContain(finding);
  expect(ended.exitCode).toBe(2);
});

test.concurrent('Ctrl-C stops an isolated command with one signal, and no temporary file is left', async (context) => {
  await needs(context, NAMESPACES);
  const folder = await folderOf(context);
  // If this user is root, PostgreSQL runs as another user, which needs access.
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'tmp'));
  const command = `onesend certify --system reference --isolate --lane live --slots 1 --out ${folder}/out`;
  const ended = await shell(`timeout --foreground --preserve-status -s INT 5 ${command}`, {
    environment: { TMPDIR: join(folder, 'tmp') },
  });
  expect(ended.stderr).toContain('a second Ctrl-C ends at once');
  expect(ended.exitCode).toBe(130);
  expect(await readdir(join(folder, 'tmp'))).toEqual([]);
});

test.concurrent(
  'a launcher of an isolated command that is killed leaves no process, no temporary file and no lock',
  async (context) => {
    await needs(context, NAMESPACES);
    const folder = await folderOf(context);
    await chmod(folder, 0o755);
    const [temporary, out] = [join(folder, 'tmp'), join(folder, 'out')];
    await mkdir(temporary);
    const line = `exec onesend certify --system reference --isolate --lane live --slots 1 --out ${out}`;
    const launcher = execa('sh', ['-c', withCommand(line)], {
      reject: false,
      stdin: 'ignore',
      env: { TMPDIR: temporary },
    });
    let within: number[] = [];
    let namespace = '';
    launcher.stderr.on('data', (data: Buffer) => {
      if (namespace !== '' || !String(data).includes(' runs, ')) return;
      namespace = networksBelow(launcher.pid).find((each) => each !== networkOf('self')) ?? '';
      within = processesWith(namespace);
      launcher.kill('SIGKILL');
    });
    expect(await launcher).toMatchObject({ signal: 'SIGKILL' });
    // At least the first process, the command, its guard, PostgreSQL, the legacy app and the service.
    expect(within.length).toBeGreaterThan(5);
    await vi.waitUntil(() => processesWith(namespace).length === 0, { timeout: 30_000, interval: 100 });
    expect(await readdir(temporary)).toEqual([]);
    expect(await readdir(out)).toContain('results.json');
    expect(await readdir(out)).not.toContain('.onesend-lock');
  },
);

/** The network namespace of a process; empty if the process has ended. */
function networkOf(pid: number | 'self'): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return '';
  }
}

function processesWith(namespace: string): number[] {
  return listProcesses().flatMap(({ pid }) => (networkOf(pid) === namespace ? [pid] : []));
}

/** The network namespaces of the children of a process. */
function networksBelow(parent: number | undefined): string[] {
  return listProcesses().flatMap((each) => (each.parent === parent ? [networkOf(each.pid)] : []));
}

test.concurrent(
  'isolation is refused with servers outside of the command, and on a machine without unshare',
  async (context) => {
    const containers = await shell('onesend demo --isolate --infra containers');
    expect(errorLines(containers)).toEqual([expect.stringMatching(/^ONESEND_USAGE: --isolate: .*--infra containers/)]);
    const folder = await folderOf(context);
    const without = await shell(`PATH=${folder} onesend demo --isolate`);
    expect(errorLines(without)).toEqual([expect.stringMatching(/^ONESEND_USAGE: --isolate: this machine .*\(allow/)]);
    expect([containers.exitCode, without.exitCode]).toEqual([2, 2]);
  },
);
