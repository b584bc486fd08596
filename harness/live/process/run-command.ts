// Runs a short command to its end and keeps what it wrote.
import { type LaunchOptions, launch } from './launch.ts';
import { readLines } from './lines.ts';

/** The end of a command: its exit code (null when a signal ended it) and what it wrote to stdout and stderr, by lines. */
export interface CommandResult {
  code: number | null;
  lines: string[];
}

/** What to run, and after how long it is killed with its process group. */
type CommandOptions = Omit<LaunchOptions, 'stdio' | 'kind'> & { readonly timeoutMs?: number };

/** Runs a command under the guard to its end. Throws an InfrastructureError when it cannot be started; any exit code is a result. */
export async function runCommand({ timeoutMs, ...options }: CommandOptions): Promise<CommandResult> {
  const { child } = await launch({ ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) if (stream) readLines(stream, (line) => lines.push(line));
  const overdue =
    timeoutMs === undefined ? undefined : setTimeout(() => process.kill(-child.pid, 'SIGKILL'), timeoutMs);
  const code = await new Promise<number | null>((done) => child.once('close', done));
  clearTimeout(overdue);
  return { code, lines };
}
