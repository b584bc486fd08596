// --isolate: runs the same command again in a network namespace that has only loopback. `unshare` of util-linux makes the namespace and, if
// the machine allows it, a pid namespace, so that no process outlives the command.
import { spawn, spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import type { Writable } from 'node:stream';
import { InfrastructureError, UsageError } from '../platform/errors.ts';

/** The variable that marks a command as running in the namespace. */
const MARKER = 'ONESEND_ISOLATED';

/** Whether this process was started by `runIsolated`. */
export function isIsolated(environment = process.env): boolean {
  return environment[MARKER] === '1';
}

const NETWORK = ['--net'];
const PROCESSES = ['--pid', '--fork', '--kill-child', '--mount-proc'];
const AS_ROOT_WITHIN = ['--user', '--map-root-user'];

/** PostgreSQL refuses to run as root: a user namespace maps root to this user. */
const NOBODY = 65_534;

const LOOPBACK = 'ip link set lo up || ifconfig lo up';

/**
 * The first process in the namespace. It passes on the signals whose names it reads from descriptor 3, ends the command when the launcher
 * has ended, and waits until no other process is left: a guard can still be cleaning up, and all processes die with this one.
 */
const FIRST_PROCESS = `{ ${LOOPBACK}; } 2>/dev/null || exit 4
"$@" 3<&- &
command=$!
{ while read -r name <&3; do kill -s "$name" $command; done; kill -s TERM $command; } 2>/dev/null &
signals=$!
wait $command
code=$?
kill $signals 2>/dev/null
wait $signals 2>/dev/null
tries=0
while [ $$ = 1 ] && set -- /proc/[0-9]* && [ $# -gt 1 ] && [ $tries -lt 300 ]; do sleep 0.05; tries=$((tries + 1)); done
exit $code`;

/** One way to make a namespace without a network. */
interface Way {
  readonly unshare: readonly string[];
  /** The command that starts the user's command in the namespace: as its own user, where making the namespace mapped it to root. */
  readonly prefix: readonly string[];
}

/** The ways to try, in order of preference. */
export function isolationWays({ uid, gid }: { readonly uid: number; readonly gid: number }): Way[] {
  const [user, group] = uid === 0 ? [NOBODY, NOBODY] : [uid, gid];
  const prefix = ['unshare', '--user', `--map-user=${user}`, `--map-group=${group}`];
  const asRoot = { users: [] as string[], prefix: [] as string[] };
  const asUser = { users: AS_ROOT_WITHIN, prefix };
  const allowed = uid === 0 ? [asRoot, asUser] : [asUser];
  return allowed.flatMap((each) =>
    [PROCESSES, []].map((processes) => ({
      unshare: [...each.users, ...NETWORK, ...processes],
      prefix: each.prefix,
    })),
  );
}

/** Runs this process's command line in the namespace, and returns its exit code. Throws a UsageError if the machine does not allow it. */
export async function runIsolated(commandArguments: readonly string[]): Promise<number> {
  if (isIsolated()) throw new InfrastructureError('--isolate: the network is still there within the namespace');
  const { unshare, prefix } = findWay();
  const [, main = ''] = process.argv;
  const command = [...prefix, process.execPath, ...process.execArgv, main, ...commandArguments];
  // In its own session: the terminal does not send it a Ctrl-C, so it gets each signal once, from this process.
  const child = spawn('unshare', [...unshare, 'sh', '-c', FIRST_PROCESS, 'sh', ...command], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    detached: true,
    env: { ...process.env, [MARKER]: '1' },
  });
  const release = passOnSignals(child.stdio[3] as Writable);
  try {
    return await new Promise<number>((done, failed) => {
      child.once('error', failed);
      child.once('exit', (code) => done(code ?? KILLED));
    });
  } finally {
    release();
  }
}

/** The exit code that shells use for a command that was killed. */
const KILLED = 137;

function findWay(): Way {
  const ways = process.platform === 'linux' ? isolationWays(userInfo()) : [];
  let why = `this is ${process.platform}, not Linux`;
  for (const way of ways) {
    const trial = [...way.unshare, 'sh', '-c', `{ ${LOOPBACK}; } && "$@"`, 'sh', ...way.prefix, 'true'];
    const { status, stderr, error } = spawnSync('unshare', trial, {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status === 0) return way;
    why = error?.message ?? stderr.trim().split('\n')[0] ?? '';
  }
  throw new UsageError(`--isolate: this machine does not allow a program to cut its network: ${why}`, {
    hint: 'allow user namespaces, or install util-linux and iproute2, or leave --isolate out',
  });
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function passOnSignals(control: Writable): () => void {
  control.on('error', () => undefined);
  const listener = (name: NodeJS.Signals): void => void control.write(`${name.slice('SIG'.length)}\n`);
  for (const name of SIGNALS) process.on(name, listener);
  return () => {
    for (const name of SIGNALS) process.off(name, listener);
    control.end();
  };
}
