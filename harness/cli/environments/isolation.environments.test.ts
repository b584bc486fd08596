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

/** The folders of an isolated certification: the one for its temporary files, and the one for its results. */
async function foldersOf(context: TestContext): Promise<{ temporary: string; out: string }> {
  const folder = await folderOf(context);
  // If this user is root, PostgreSQL runs as another user, which needs access.
  await chmod(folder, 0o755);
  const [temporary, out] = [join(folder, 'tmp'), join(folder, 'out')];
  await mkdir(temporary);
  return { temporary, out };
}

/** Runs an isolated certification in a process group of its own, as a shell does in a terminal, until `onRuns` ends it. */
async function certifyIsolated(
  { temporary, out }: { temporary: string; out: string },
  onRuns: (launcher: number) => void,
) {
  const line = `exec onesend certify --system reference --isolate --lane live --slots 1 --out ${out}`;
  const launcher = execa('sh', ['-c', withCommand(line)], {
    reject: false,
    stdin: 'ignore',
    detached: true,
    env: { NO_COLOR: '1', TMPDIR: temporary },
  });
  let isRunning = false;
  launcher.stderr.on('data', (data: Buffer) => {
    if (isRunning || !String(data).includes(' runs, ')) return;
    isRunning = true;
    onRuns(launcher.pid ?? 0);
  });
  return launcher;
}

test.concurrent('Ctrl-C stops an isolated command with one signal, and no temporary file is left', async (context) => {
  await needs(context, NAMESPACES);
  const folders = await foldersOf(context);
  const ended = await certifyIsolated(folders, (launcher) => process.kill(-launcher, 'SIGINT'));
  expect(ended.stderr.match(/a second Ctrl-C ends at once/g)).toHaveLength(1);
  expect(ended.exitCode).toBe(130);
  expect(await readdir(folders.temporary)).toEqual([]);
});

test.concurrent(
  'a launcher of an isolated command that is killed leaves no process, no temporary file and no lock',
  async (context) => {
    await needs(context, NAMESPACES);
    const folders = await foldersOf(context);
    let within: number[] = [];
    let namespace = '';
    const ended = await certifyIsolated(folders, (launcher) => {
      namespace = networksBelow(launcher).find((each) => each !== networkOf('self')) ?? '';
      within = processesWith(namespace);
      process.kill(launcher, 'SIGKILL');
    });
    expect(ended).toMatchObject({ signal: 'SIGKILL' });
    // At least the first process, the command, its guard, PostgreSQL, the legacy app and the service.
    expect(within.length).toBeGreaterThan(5);
    await vi.waitUntil(() => processesWith(namespace).length === 0, { timeout: 200_000, interval: 100 });
    expect(await readdir(folders.temporary)).toEqual([]);
    expect(await readdir(folders.out)).toContain('results.json');
    expect(await readdir(folders.out)).not.toContain('.onesend-lock');
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
function networksBelow(parent: number): string[] {
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
