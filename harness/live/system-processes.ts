// All commands of one system in one slot as one process: what happens to the system happens to each of them.
import type { Role } from '../../src/contract/message.ts';
import { type LoggedLine, RunningCommand, type SystemProcess, type SystemProcessOptions } from './system-process.ts';

/** Prepares the processes of a system; `start` runs them. */
export function systemProcess({ description, ...options }: SystemProcessOptions): SystemProcess {
  const { also, readyPath, ...command } = description.processes[options.role];
  const name = `${description.name} ${options.role}`;
  const main = new RunningCommand({ ...options, name, command, readyPath });
  if (also.length === 0) return main;
  const beside = also.map(
    (each) =>
      new RunningCommand({
        ...options,
        name: `${name} '${[each.command, ...each.arguments].join(' ')}'`,
        command: each,
      }),
  );
  return new SystemProcesses(main, beside);
}

/** A process that listens, and those that run beside it. */
class SystemProcesses implements SystemProcess {
  readonly role: Role;
  readonly port: number;
  readonly #beside: readonly RunningCommand[];
  readonly #all: readonly RunningCommand[];

  constructor(main: RunningCommand, beside: readonly RunningCommand[]) {
    this.role = main.role;
    this.port = main.port;
    this.#beside = beside;
    this.#all = [main, ...beside];
  }

  leaders(): number[] {
    return this.#all.flatMap((each) => each.leaders());
  }

  pids(): number[] {
    return this.#all.flatMap((each) => each.pids());
  }

  takeLines(): LoggedLine[] {
    return this.#all.flatMap((each) => each.takeLines()).toSorted((a, b) => a.atMicros - b.atMicros);
  }

  takeDeaths(): number[] {
    return this.#all.flatMap((each) => each.takeDeaths());
  }

  pause(): void {
    for (const each of this.#all) each.pause();
  }

  continue(): void {
    for (const each of this.#all) each.continue();
  }

  async crash(): Promise<void> {
    await Promise.all(this.#all.map((each) => each.crash()));
  }

  async terminate(graceMs: number): Promise<'by itself' | 'killed' | 'otherwise'> {
    const ends = await Promise.all(this.#all.map((each) => each.terminate(graceMs)));
    return (['killed', 'by itself'] as const).find((how) => ends.includes(how)) ?? 'otherwise';
  }

  async start(): Promise<void> {
    await Promise.all(this.#all.map((each) => each.start()));
    for (const each of this.#beside) await each.assertRunning();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#all.map((each) => each.stop()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((each) => each.close()));
  }
}
