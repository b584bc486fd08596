// Tests that a computed result is printed and keeps its exit code even if streams or folders cannot be written.
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withOutputFolder } from '../output-folder.ts';
import { errorLines, folderOf, needs, shell } from './shell.fixture.ts';

/** A certification that runs out of time, so that its verdict is inconclusive. */
const BRIEF = 'certify --system reference --lane sim --seed 1 --max-time 1ms';
/** A certification that ends at its first violation. */
const REFUSED = 'certify --lane sim --seed 1 --system as-written --stop-at-first';
/** A gate with a violation, which takes little time. */
const FAILED = 'gate 1 --lane sim --system as-written';

/** Runs a line with a small file system at `$DISK`, which exists only in the mount namespace of the line. */
const withDisk = (size: string, line: string): string =>
  `unshare --mount sh -c 'mount -t tmpfs -o size=${size} none "$DISK" && ${line}'`;

describe.concurrent('outputs that cannot be written', () => {
  test('a stderr that cannot be written does not change the result, the files or the exit code', async (context) => {
    const out = await folderOf(context);
    const ended = await shell(`onesend ${BRIEF} --out ${out} 2>/dev/full`);
    expect(ended).toMatchObject({ exitCode: 3, stdout: expect.stringContaining('INCONCLUSIVE: reference') });
    expect(existsSync(join(out, 'results.json'))).toBe(true);
  });

  test('a stdout that cannot be written is reported, and the files are written', async (context) => {
    const out = await folderOf(context);
    const ended = await shell(`onesend ${BRIEF} --out ${out} --quiet >/dev/full`);
    expect(errorLines(ended)).toEqual([expect.stringMatching(/^ONESEND_INFRASTRUCTURE: stdout could not .*ENOSPC/)]);
    expect(ended.exitCode).toBe(4);
    expect(existsSync(join(out, 'results.json'))).toBe(true);
  });

  test('an output folder on a full disk is detected before anything runs', async (context) => {
    await needs(context, 'unshare --mount true');
    const disk = await folderOf(context);
    const fill = 'head -c 1M /dev/zero > "$DISK/filler" 2>/dev/null;';
    const line = withDisk('64k', `{ ${fill} onesend ${BRIEF} --out "$DISK/out"; }`);
    const ended = await shell(line, { environment: { DISK: disk } });
    expect(errorLines(ended)).toEqual([
      expect.stringMatching(/^ONESEND_INFRASTRUCTURE: .*out could not be written: ENOSPC/),
    ]);
    expect(ended).toMatchObject({ exitCode: 4, stdout: '' });
  });

  test.for([
    ['a violation', FAILED, 1, 'FAIL: timeout triggered (gate 1'],
    ['another verdict', BRIEF, 4, 'INCONCLUSIVE: reference'],
  ] as const)(
    'the files of %s that do not fit are named, none is half written, and the verdict is printed',
    async ([, command, exitCode, verdict], context) => {
      const disk = await folderOf(context);
      const line = withDisk(
        '8k',
        `{ onesend ${command} --out "$DISK/out"; code=$?; ls -a "$DISK/out" >&2; exit $code; }`,
      );
      const ended = await shell(line, { environment: { DISK: disk } });
      expect(ended.stdout).toContain(verdict);
      expect(ended.stderr).toMatch(
        /^ONESEND_INFRASTRUCTURE: .*(results|gates).json could not be written: ENOSPC.*TMPDIR/m,
      );
      expect(ended.stderr).not.toContain('partial');
      expect(ended.exitCode).toBe(exitCode);
    },
  );
});

test('the outcome of the sim lane is printed and saved if the live lane cannot run', async (context) => {
  await needs(context, 'unshare --net true');
  const out = await folderOf(context);
  const ended = await shell(`unshare --net onesend certify --system reference --seed 1 --out ${out} --quiet`);
  expect(errorLines(ended)).toEqual([expect.stringMatching(/^ONESEND_INFRASTRUCTURE: .*ip link set lo up/)]);
  expect(ended).toMatchObject({ exitCode: 4, stdout: expect.stringMatching(/sim: ([\d,]+) of \1 random runs/) });
  expect(existsSync(join(out, 'results.json'))).toBe(true);
});

describe.concurrent('one output folder for two runs', () => {
  test('one output folder for two runs has one owner, which the error of the other run names', async (context) => {
    const out = await folderOf(context);
    const ended = await withOutputFolder({ path: out, names: [] }, () => shell(`onesend ${FAILED} --out ${out}`));
    expect(errorLines(ended)).toEqual([expect.stringContaining(`another run of onesend, process ${process.pid}`)]);
    expect(ended).toMatchObject({ exitCode: 4, stdout: '' });
    expect(await readdir(out)).toEqual([]);
  });

  test('one output folder for two consecutive runs keeps the counterexamples of the first run in the folder previous', async (context) => {
    const out = await folderOf(context);
    await mkdir(join(out, 'mine'));
    expect((await shell(`onesend ${REFUSED} --out ${out}`)).exitCode).toBe(1);
    const found = await readdir(join(out, 'counterexamples'));
    expect((await shell(`onesend ${BRIEF} --out ${out}`)).exitCode).toBe(3);
    expect(await readdir(out)).toEqual(expect.arrayContaining(['mine', 'previous', 'results.json']));
    expect(await readdir(out)).not.toContain('counterexamples');
    expect(await readdir(join(out, 'previous', 'counterexamples'))).toEqual(found);
  });
});
