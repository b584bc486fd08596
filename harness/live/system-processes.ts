// Treats all commands of one system in a slot as one process: each is paused, crashed, terminated and started with the others.
import type { Role } from '../../src/contract/message.ts';
import type { Command } from '../formats/action.ts';
import { SystemDescriptionError } from '../platform/errors.ts';
import { runDescribed } from './described-command.ts';
import { fillPlaceholders } from './placeholders.ts';
import { LogFiles } from './process/log-files.ts';
import { type LoggedLine, RunningCommand, type SystemProcess, type SystemProcessOptions } from './system-process.ts';

/** The processes of a system; `start` runs them. */
export function systemProcess({ description, ...given }: SystemProcessOptions): SystemProcess {
  const { also, prepare, logs, readyPath, ...command } = description.processes[given.role];
  const name = `${description.name} ${given.role}`;
  const files = new LogFiles(logs.map((path) => fillPlaceholders(path, given.placeholders)));
  const options = { ...given, files };
  const main = new RunningCommand({ ...options, name, command, readyPath });
  if (also.length === 0 && prepare.length === 0) return main;
  const beside = also.map(
    (each) =>
      new RunningCommand({
        ...options,
        name: `${name} '${[each.command, ...each.arguments].join(' ')}'`,
        command: each,
      }),
  );
  return new SystemProcesses(main, beside, () => runAll(prepare, { ...given, description }));
}

/** Runs the commands that prepare a process, one after the other. */
async function runAll(commands: readonly Command[], options: SystemProcessOptions): Promise<void> {
  const { description, role, guard, placeholders, variables } = options;
  for (const command of commands) {
    const means = { exitCodes: [0], guard, placeholders, variables };
    const end = await runDescribed({ system: description.name, command, ...means });
    if ('lines' in end) continue;
    const place = `${description.name}: processes.${role}.prepare`;
    throw new SystemDescriptionError(`${place}: ${end.failure}`, { details: end.last });
  }
}

/** The command that listens, and the commands that run beside it. */
class SystemProcesses implements SystemProcess {
  readonly role: Role;
  readonly port: number;
  readonly #beside: readonly RunningCommand[];
  readonly #all: readonly RunningCommand[];
  readonly #prepare: () => Promise<void>;
  /** The preparation, once the first start has begun it. */
  #prepared: Promise<void> | undefined;

  constructor(main: RunningCommand, beside: readonly RunningCommand[], prepare: () => Promise<void>) {
    this.role = main.role;
    this.#prepare = prepare;
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

  loggedInFiles(): string[] {
    return this.#all[0]?.loggedInFiles() ?? [];
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
    this.#prepared ??= this.#prepare();
    await this.#prepared;
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
