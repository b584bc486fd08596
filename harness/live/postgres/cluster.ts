// One PostgreSQL cluster on disk: its private copy of the programs, its data directory, its log.
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InfrastructureError } from '../../platform/errors.ts';
import { shortageIn } from '../../platform/machine-errors.ts';
import type { Guard } from '../guard/guard.ts';
import { runCommand } from '../process/run-command.ts';
import { copyNative } from './native-package.ts';
import { initialSettings } from './server-settings.ts';
import { type MachineUser, chooseServerUser } from './server-user.ts';

/** The first superuser of each cluster. */
export const SUPERUSER = 'onesend';

/** A cluster that is ready to be started. */
export interface Cluster {
  program: string;
  data: string;
  log: string;
  password: string;
  version: string;
  user: MachineUser | undefined;
}

/** The environment of PostgreSQL's programs: messages in English, no time zone or settings of the caller. */
export const programEnvironment: Record<string, string> = { LC_ALL: 'C', TZ: 'UTC' };

/** Makes a cluster in the folder `home`, which must be empty and open to the server's user. */
export async function createCluster(options: { home: string; nativeFolder: string; guard: Guard }): Promise<Cluster> {
  const { home, nativeFolder, guard } = options;
  const native = join(home, 'native');
  await copyNative(nativeFolder, native);
  const program = join(native, 'bin', 'postgres');
  let version = '';
  const user = await chooseServerUser(async (candidate) => {
    version = (await readVersion({ program, guard, user: candidate })) ?? version;
    return version !== '';
  });
  const cluster = { program, data: join(home, 'data'), log: join(home, 'postgres.log'), version, user };
  await mkdir(cluster.data, { mode: 0o700 });
  if (user !== undefined) await chown(cluster.data, user.uid, user.gid);
  // With the default mode, every user could read the log.
  await writeFile(cluster.log, '', { mode: 0o600 });
  const password = randomBytes(24).toString('base64url');
  await initialise({ ...cluster, password }, { home, guard });
  return { ...cluster, password };
}

/** The last lines of the server's log, for a message that says why it did not start. */
export async function readLogTail(cluster: Cluster): Promise<string> {
  const text = await readFile(cluster.log, 'utf8').catch(() => '');
  const lines = text.trimEnd().split('\n').slice(-12);
  return text === '' ? 'Its log is empty.' : `Its log ends with:\n  ${lines.join('\n  ')}`;
}

async function readVersion(options: {
  program: string;
  guard: Guard;
  user: MachineUser | undefined;
}): Promise<string | undefined> {
  const { program, guard, user } = options;
  try {
    const { lines } = await runCommand({
      name: 'postgres --version',
      command: program,
      arguments: ['--version'],
      environment: programEnvironment,
      directory: '/',
      guard,
      ...asUser(user),
    });
    return /PostgreSQL\) (\S+)/.exec(lines.join('\n'))?.[1];
  } catch (error) {
    // This user cannot start it. Another user may be able to, unless a resource of the machine ran out.
    if (error instanceof InfrastructureError && shortageIn(error) === undefined) return undefined;
    throw error;
  }
}

async function initialise(cluster: Cluster, { home, guard }: { home: string; guard: Guard }): Promise<void> {
  const passwordFile = join(home, 'password');
  await writeFile(passwordFile, cluster.password, { mode: 0o600 });
  try {
    await chmod(passwordFile, 0o600);
    if (cluster.user !== undefined) await chown(passwordFile, cluster.user.uid, cluster.user.gid);
    const { code, lines } = await runCommand({
      name: 'initdb',
      command: join(home, 'native', 'bin', 'initdb'),
      arguments: initialiseArguments(cluster, passwordFile),
      environment: programEnvironment,
      directory: '/',
      guard,
      ...asUser(cluster.user),
    });
    if (code === 0) return;
    throw new InfrastructureError(
      `expected initdb to make a database cluster, it ended with ${String(code)}. It wrote:\n  ${lines.slice(-12).join('\n  ')}`,
      { hint: 'Check the free space and the permissions of the temporary directory.' },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function initialiseArguments({ data }: Cluster, passwordFile: string): string[] {
  // The built-in provider sorts and changes case in the same way on every machine, regardless of its locales.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = [`--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const settings = Object.entries(initialSettings).map(([name, value]) => `--set=${name}=${value}`);
  return [`--pgdata=${data}`, ...access, ...locale, ...settings, '--no-sync', '--no-instructions'];
}

/** The options that start a program as `user`, or none for the rig's own. */
export function asUser(user: MachineUser | undefined): { user?: MachineUser } {
  return user === undefined ? {} : { user };
}
