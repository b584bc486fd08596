// Tests shortages of the machine: each is one line with exit code 4, at any stage of a command. Only a violation ends with 1.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorLines, folderOf, needs, shell } from './shell.fixture.ts';

const SEARCH = 'certify --system reference --lane sim --seed 1 --max-time 1ms';

describe.concurrent('a shortage of the machine', () => {
  test.for([20, 28, 64])('a shortage of the machine: %i open files', async (files, context) => {
    const out = await folderOf(context);
    const ended = await shell(`ulimit -n ${files}; onesend ${SEARCH} --out ${out}`);
    expect(errorLines(ended)).toEqual([expect.stringMatching(/^ONESEND_INFRASTRUCTURE: .*EMFILE.*ulimit -n 4096\)$/)]);
    expect(ended).toMatchObject({ exitCode: 4, stdout: '' });
  });

  test('a shortage of the machine: a temporary folder without space', async (context) => {
    await needs(context, 'unshare --mount true');
    const disk = await folderOf(context);
    const mounted = 'mount -t tmpfs -o size=30m,mode=1777 none "$TMPDIR"';
    const ended = await shell(`unshare --mount sh -c '${mounted} && onesend demo'`, { environment: { TMPDIR: disk } });
    expect(errorLines(ended)).toEqual([expect.stringMatching(/^ONESEND_INFRASTRUCTURE: .*\(make room.*TMPDIR/)]);
    expect(ended).toMatchObject({ exitCode: 4, stdout: '' });
  });

  test('a shortage of the machine: a process file system that is not mounted', async (context) => {
    await needs(context, 'unshare --mount true');
    const empty = await folderOf(context);
    const ended = await shell(`unshare --mount sh -c 'mount --bind ${join(empty)} /proc && onesend demo --quiet'`);
    expect(errorLines(ended)).toEqual([expect.stringMatching(/^ONESEND_INFRASTRUCTURE: .*\/proc/)]);
    expect(ended).toMatchObject({ exitCode: 4, stdout: '' });
  });

  test('a shortage of the machine: a loopback interface that is down, on which the proxy cannot be reached', async (context) => {
    await needs(context, 'unshare --net true');
    const ended = await shell('unshare --net onesend proxy --port 0');
    expect(errorLines(ended)).toEqual([expect.stringMatching(/^ONESEND_INFRASTRUCTURE: .*\(loopback must work/)]);
    expect(ended).toMatchObject({ exitCode: 4, stdout: '' });
  });
});
