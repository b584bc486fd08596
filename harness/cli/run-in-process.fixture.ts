// Runs a command line in the process of a test, and answers with what it printed.
import { runCli, type Surroundings } from './run-cli.ts';

/** How a command line ended. */
export interface EndedInProcess {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs it without a terminal, and without variables unless some are given. */
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
