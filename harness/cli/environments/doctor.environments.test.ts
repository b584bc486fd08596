// Tests that `onesend doctor` reports the limits that a run would meet, and leaves no file or process behind.
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf, needs, shell } from './shell.fixture.ts';

interface Report {
  readonly isReady: boolean;
  readonly examinations: readonly { readonly subject: string; readonly isGood: boolean; readonly finding: string }[];
}

/** Runs a line that ends with `onesend doctor --json`, and returns the exit code and the findings by subject. */
async function doctor(line: string, environment: Readonly<Record<string, string>> = {}) {
  const { exitCode, stdout } = await shell(line, { environment });
  const { examinations }: Report = JSON.parse(stdout);
  const found = Object.fromEntries(examinations.map(({ subject, isGood, finding }) => [subject, { isGood, finding }]));
  return { exitCode, found };
}

const GROUPS = '/sys/fs/cgroup';
const isVersion2 = existsSync(join(GROUPS, 'cgroup.controllers'));

/** A limit of a control group: its file and value in version 1 (`first`) and version 2 (`second`) of control groups. */
interface Limit {
  readonly controller: string;
  readonly first: readonly [file: string, value: string];
  readonly second: readonly [file: string, value: string];
}

/** Shell lines for a control group with this limit: `probe` tests whether it can be made; `around` runs a line in it, then removes it. */
function limited({ controller, first, second }: Limit): { probe: string; around: (line: string) => string } {
  const [file, value] = isVersion2 ? second : first;
  const parent = isVersion2 ? GROUPS : join(GROUPS, controller);
  const group = join(parent, `onesend-${process.pid}-${controller}`);
  const enable = isVersion2 ? `{ echo +${controller} >${parent}/cgroup.subtree_control; } 2>/dev/null;` : '';
  const make = `${enable} mkdir -p ${group} && echo '${value}' >${group}/${file}`;
  return {
    probe: `${make}; code=$?; rmdir ${group}; exit $code`,
    around: (line) =>
      `${make} && sh -c 'echo $$ >${group}/cgroup.procs && ${line}'; code=$?; rmdir ${group}; exit $code`,
  };
}

describe.concurrent('onesend doctor', () => {
  test('onesend doctor derives the number of slots from the memory of its control group', async (context) => {
    const { probe, around } = limited({
      controller: 'memory',
      first: ['memory.limit_in_bytes', '734003200'],
      second: ['memory.max', '734003200'],
    });
    await needs(context, probe);
    const { exitCode, found } = await doctor(around('onesend doctor --json'));
    const [, slots] = /MB: (\d+) slots by default/.exec(found['free memory']?.finding ?? '') ?? [];
    expect(Number(slots)).toBeGreaterThanOrEqual(1);
    expect(Number(slots)).toBeLessThanOrEqual(4);
    expect(exitCode).toBe(0);
  });

  test('onesend doctor counts processors by the quota of its control group', async (context) => {
    const { probe, around } = limited({
      controller: 'cpu',
      first: ['cpu.cfs_quota_us', '100000'],
      second: ['cpu.max', '100000 100000'],
    });
    await needs(context, probe);
    const { found } = await doctor(around('onesend doctor --json'));
    expect(found['processor cores']?.finding).toMatch(/^1( of \d+, by the quota of the control group)?$/);
  });

  test('onesend doctor counts processes by the limit of its control group', async (context) => {
    const { probe, around } = limited({ controller: 'pids', first: ['pids.max', '100'], second: ['pids.max', '100'] });
    await needs(context, probe);
    const { exitCode, found } = await doctor(around('onesend doctor --json'));
    expect(found['processes']).toMatchObject({ isGood: false });
    expect(exitCode).toBe(4);
  });

  test('onesend doctor reports a loopback interface that is down', async (context) => {
    await needs(context, 'unshare --net true');
    const { exitCode, found } = await doctor('unshare --net onesend doctor --json');
    expect(found['loopback']).toMatchObject({ isGood: false, finding: expect.stringContaining('ip link set lo up') });
    expect(exitCode).toBe(4);
  });

  test('onesend doctor warns if the kernel also uses the ports of the rig', async (context) => {
    await needs(context, 'unshare --net true');
    const range = 'echo "1024 60999" >/proc/sys/net/ipv4/ip_local_port_range';
    const { found } = await doctor(`unshare --net sh -c '${range}; ip link set lo up; onesend doctor --json'`);
    expect(found['ports']).toMatchObject({ isGood: false, finding: expect.stringContaining('ip_local_port_range') });
  });

  test('onesend doctor reports a user id without a name', async (context) => {
    const nameless = 'setpriv --reuid=54321 --clear-groups';
    await needs(context, `${nameless} true`);
    const { exitCode, found } = await doctor(`${nameless} env -u HOME onesend doctor --json`);
    expect(found['embedded PostgreSQL']).toMatchObject({ isGood: false, finding: expect.stringContaining('54321') });
    expect(exitCode).toBe(4);
  });

  test('onesend doctor measures the space for temporary files, and leaves no file there', async (context) => {
    await needs(context, 'unshare --mount true');
    const disk = await folderOf(context);
    await mkdir(join(disk, 'tmp'));
    const mounted = 'mount -t tmpfs -o size=30m,mode=1777 none "$TMPDIR"';
    const line = `unshare --mount sh -c '${mounted} && onesend doctor --json; code=$?; ls -A "$TMPDIR" >$OUT/left; exit $code'`;
    const { exitCode, found } = await doctor(line, { TMPDIR: join(disk, 'tmp'), OUT: disk });
    expect(found['temporary folder']).toMatchObject({ isGood: false, finding: expect.stringContaining('TMPDIR') });
    expect(exitCode).toBe(4);
    expect((await shell('cat $OUT/left', { environment: { OUT: disk } })).stdout).toBe('');
    expect(await readdir(join(disk, 'tmp'))).toEqual([]);
  });

  test('onesend doctor reports a limit of open files that is too low', async () => {
    const { exitCode, found } = await doctor('ulimit -n 200; onesend doctor --json');
    expect(found['open files']).toMatchObject({ isGood: false, finding: expect.stringContaining('ulimit -n') });
    expect(exitCode).toBe(4);
  });
});
