// Runs a command line in the process of a test, and returns its output.
import { runCli, type Surroundings } from './run-cli.ts';

/** The exit code and the output of a command line. */
export interface EndedInProcess {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line without a terminal, and without environment variables unless some are given. */
export async function runInProcess(
  commandArguments: readonly string[],
  around: Partial<Pick<Surroundings, 'environment' | 'folder'>> = {},
): Promise<EndedInProcess> {
  const streams = { stdout: '', stderr: '' };
  const exitCode = await runCli(commandArguments, {
    environment: {},
    ...around,
    stdout: { write: (text: string) => void (streams.stdout += text) },
    stderr: { write: (text: string) => void (streams.stderr += text) },
  });
  return { exitCode, ...streams };
}
