// One command of a system in one slot: started as its description says, killed and started again by the nemesis.
import type { Role } from '../../src/contract/message.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../formats/action.ts';
import type { SystemDescription } from '../formats/system-description.ts';
import { InfrastructureError } from '../platform/errors.ts';
import type { Guard } from './guard/guard.ts';
import { type Child, startChild } from './process/child.ts';
import { rigMicros } from './observers/clock.ts';
import { fillPlaceholders, fillVariables, type Placeholders } from './placeholders.ts';
import type { LogFiles } from './process/log-files.ts';
import { assertPortFree, freePort, saysTaken } from './process/ports.ts';
import { yieldToObservers } from './process/priority.ts';
import { lastLines, waitUntilReady } from './process/ready.ts';

/** How long a process may take to serve; a loaded two-core machine starts forty of them in five seconds. */
const READY_TIMEOUT_MS = 30_000;

/** How often the rig starts a process whose port is taken, and the pause between two starts. */
const PORT_ATTEMPTS_MAX = 5;
const PORT_PAUSE_MS = 200;

/** One line that a process wrote to its output. */
export interface LoggedLine {
  readonly line: string;
  /** When the rig read it, by the rig's clock. */
  readonly atMicros: number;
}

/** The processes of one system in a slot. They crash and start together; their port stays the same. */
export interface SystemProcess {
  readonly role: Role;
  readonly port: number;
  /** The pids of the commands that run now. Each leads its own process group. */
  leaders(): number[];
  /** The pids of the commands and of all processes that they started. */
  pids(): number[];
  /** Returns the lines of output since the last call. */
  takeLines(): LoggedLine[];
  /** The last lines of the system's log files, after a heading for each file. */
  loggedInFiles(): string[];
  /** Returns the times at which a command ended by itself since the last call, in microseconds of the rig's clock. */
  takeDeaths(): number[];
  crash(): Promise<void>;
  /** Sends SIGTERM, and SIGKILL after `graceMs` if the process has not ended by then. `otherwise`: it did not run. */
  terminate(graceMs: number): Promise<'by itself' | 'killed' | 'otherwise'>;
  /** Sends SIGSTOP to the process and to all processes that it started. */
  pause(): void;
  /** Sends SIGCONT to them; a process that runs ignores it. */
  continue(): void;
  /** Starts the process unless it runs, and waits until it serves. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops the process for good: a scenario that still runs after its lane was closed cannot start it again. */
  close(): Promise<void>;
}

/** What a system is started with. */
export interface SystemProcessOptions {
  readonly role: Role;
  readonly description: SystemDescription;
  readonly guard: Guard;
  readonly port: number;
  readonly readyTimeoutMs?: number | undefined;
  /** More environment variables; those of the description win. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Values for the placeholders of the description. */
  readonly placeholders: Placeholders;
}

/** The port on which a process is to listen: that of the description, or any free one. Throws if the described port is taken. */
export async function portFor(description: SystemDescription, role: Role): Promise<number> {
  const fixed = description.processes[role].port;
  if (fixed === undefined) return freePort();
  await assertPortFree(fixed, `${role} of ${description.name}`);
  return fixed;
}

/** What one command is started with. */
export interface RunningCommandOptions extends Omit<SystemProcessOptions, 'description'> {
  /** The name that messages use. */
  readonly name: string;
  readonly command: Command;
  readonly files: LogFiles;
  /** A path that answers 2xx once the command serves. A command without it, such as a worker, counts as started when it runs. */
  readonly readyPath?: string;
}

/** One command of a system. */
export class RunningCommand implements SystemProcess {
  readonly role: Role;
  readonly port: number;
  readonly #options: RunningCommandOptions;
  #lines: LoggedLine[] = [];
  #deaths: number[] = [];
  #running: Child | undefined;
  /** The child that was started last, even if it has ended. */
  #last: Child | undefined;
  /** Resolves when the child that got SIGTERM has ended. */
  #leaving: Promise<unknown> | undefined;
  /** Resolves when the last start has created its child; until then there is no child to stop. */
  #launching: Promise<Child> | undefined;
  #isClosed = false;

  constructor(options: RunningCommandOptions) {
    this.role = options.role;
    this.port = options.port;
    this.#options = options;
  }

  leaders(): number[] {
    return this.#running === undefined ? [] : [this.#running.pid];
  }

  pids(): number[] {
    return this.#running?.pids() ?? [];
  }

  takeLines(): LoggedLine[] {
    const taken = this.#lines;
    this.#lines = [];
    return taken;
  }

  loggedInFiles(): string[] {
    return this.#options.files.lastLines();
  }

  takeDeaths(): number[] {
    const taken = this.#deaths;
    this.#deaths = [];
    return taken;
  }

  pause(): void {
    this.#running?.kill('SIGSTOP');
  }

  continue(): void {
    this.#running?.kill('SIGCONT');
  }

  async crash(): Promise<void> {
    const victim = this.#release();
    victim?.kill('SIGKILL');
    await victim?.exited;
  }

  async terminate(graceMs: number): Promise<'by itself' | 'killed' | 'otherwise'> {
    const child = this.#release();
    if (child === undefined) return 'otherwise';
    child.askToEnd();
    const ended = child.exited.then(() => 'by itself' as const);
    this.#leaving = ended;
    const how = await Promise.race([ended, sleep(graceMs, 'killed' as const)]);
    if (how === 'killed') child.kill('SIGKILL');
    await ended;
    return how;
  }

  async start(): Promise<void> {
    await this.#leaving;
    if (this.#running !== undefined) return;
    const { readyPath, readyTimeoutMs = READY_TIMEOUT_MS, files } = this.#options;
    const launch = (): Promise<Child> => {
      this.#launching = this.#launch();
      return this.#launching;
    };
    if (readyPath === undefined) {
      await launch();
      return;
    }
    const url = `http://127.0.0.1:${this.port}${readyPath}`;
    await startServing(launch, { url, readyTimeoutMs, files, forgetDeath: () => this.#deaths.pop() });
  }

  async stop(): Promise<void> {
    await this.#launching?.catch(() => undefined);
    await this.#release()?.stop();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.stop();
  }

  /** Throws an InfrastructureError if the command was started and has ended. */
  async assertRunning(): Promise<void> {
    if (this.#running !== undefined || this.#last === undefined) return;
    const { code, signal } = await this.#last.exited;
    const how = code === null ? `was ended by ${String(signal)}` : `exited with code ${code}`;
    throw new InfrastructureError(`expected ${this.#last.name} to go on running, it ${how}`, {
      details: [...lastLines(this.#last), ...this.loggedInFiles()],
    });
  }

  /** Returns the child that runs. When it ends from here on, its end is not recorded as a death. */
  #release(): Child | undefined {
    const child = this.#running;
    this.#running = undefined;
    return child;
  }

  async #launch(): Promise<Child> {
    const { name, command: described, guard, placeholders, variables } = this.#options;
    if (this.#isClosed) {
      throw new InfrastructureError(`expected ${name} to start, its slot is closed`);
    }
    const { command, arguments: given, environment, directory } = described;
    const child = await startChild({
      name,
      command,
      arguments: given.map((template) => fillPlaceholders(template, placeholders)),
      environment: { ...variables, ...fillVariables(environment, placeholders) },
      ...(directory === undefined ? {} : { directory }),
      guard,
      onLine: (line, _stream, atMicros) => this.#lines.push({ line, atMicros }),
      onExit: () => {
        if (this.#running !== child) return;
        this.#running = undefined;
        this.#deaths.push(rigMicros());
      },
    });
    this.#running = child;
    this.#last = child;
    yieldToObservers(child.pid);
    return child;
  }
}

interface Serving {
  readonly url: string;
  readonly readyTimeoutMs: number;
  readonly files: LogFiles;
  forgetDeath(): void;
}

/**
 * Starts a process and waits until it serves. If its port is taken, the process is started again, up to five times in all: another program
 * may hold the port only for a moment, to test whether it is free. Such a start is not recorded as a death of the system.
 */
async function startServing(
  launch: () => Promise<Child>,
  { url, readyTimeoutMs, files, forgetDeath }: Serving,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const child = await launch();
    try {
      await waitUntilReady(url, { child, files, timeoutMs: readyTimeoutMs });
      return;
    } catch (error) {
      if (attempt === PORT_ATTEMPTS_MAX || !child.recentLines().some(saysTaken)) throw error;
      await child.stop();
      forgetDeath();
      await sleep(PORT_PAUSE_MS);
    }
  }
}
