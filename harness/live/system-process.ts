// One command of the system under certification in one slot: started from its description, killed and started again by the nemesis.
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

/** How often a process is started whose port is taken, and the pause between two starts. */
const PORT_ATTEMPTS_MAX = 5;
const PORT_PAUSE_MS = 200;

/** One line a process logged, by the rig's clock. */
export interface LoggedLine {
  readonly line: string;
  readonly atMicros: number;
}

/** The processes of one system, crashed and started again as one, at the same port. */
export interface SystemProcess {
  readonly role: Role;
  readonly port: number;
  /** The pids of the processes that its commands started and that run now. Each leads a process group of its own. */
  leaders(): number[];
  /** Their pids and those of all that they started. */
  pids(): number[];
  /** Lines logged since the last call. */
  takeLines(): LoggedLine[];
  /** The last lines of the files that it logs into, under their names. */
  loggedInFiles(): string[];
  /** Times at which one of its processes ended by itself since the last call. */
  takeDeaths(): number[];
  crash(): Promise<void>;
  /** Asks the process to end with SIGTERM, and kills it when the grace is over. `otherwise`: it did not run. */
  terminate(graceMs: number): Promise<'by itself' | 'killed' | 'otherwise'>;
  /** Stops the process and all that it started with SIGSTOP. */
  pause(): void;
  /** Lets them go on; does nothing to those that run. */
  continue(): void;
  /** Starts the process if it is not running, and waits until it serves. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it for good: a run that goes on although its lane is closed cannot start it again. */
  close(): Promise<void>;
}

/** What a process is started with. */
export interface SystemProcessOptions {
  readonly role: Role;
  readonly description: SystemDescription;
  readonly guard: Guard;
  readonly port: number;
  readonly readyTimeoutMs?: number | undefined;
  /** Variables beside those of the description, which win. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Values for the placeholders of the description. */
  readonly placeholders: Placeholders;
}

/** The port a process will listen on: the described one, if it is free, or any free one. */
export async function portFor(description: SystemDescription, role: Role): Promise<number> {
  const fixed = description.processes[role].port;
  if (fixed === undefined) return freePort();
  await assertPortFree(fixed, `${role} of ${description.name}`);
  return fixed;
}

/** One command to run. */
export interface RunningCommandOptions extends Omit<SystemProcessOptions, 'description'> {
  /** What messages call it. */
  readonly name: string;
  readonly command: Command;
  readonly files: LogFiles;
  /** A path that answers 2xx once it serves; one that serves nothing has none, and counts as started when it runs. */
  readonly readyPath?: string;
}

/** One command as its description says. */
export class RunningCommand implements SystemProcess {
  readonly role: Role;
  readonly port: number;
  readonly #options: RunningCommandOptions;
  #lines: LoggedLine[] = [];
  #deaths: number[] = [];
  #running: Child | undefined;
  /** The one that was started last, whether it runs or not. */
  #last: Child | undefined;
  /** The end of one that was asked to. */
  #leaving: Promise<unknown> | undefined;
  /** The start of one that is not there yet, and so cannot be stopped yet. */
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

  /** Fails if the command has ended by itself. */
  async assertRunning(): Promise<void> {
    if (this.#running !== undefined || this.#last === undefined) return;
    const { code, signal } = await this.#last.exited;
    const how = code === null ? `was ended by ${String(signal)}` : `exited with code ${code}`;
    throw new InfrastructureError(`expected ${this.#last.name} to go on running, it ${how}`, {
      details: [...lastLines(this.#last), ...this.loggedInFiles()],
    });
  }

  /** The process that runs, whose end is no death of its own from here on. */
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

/** Where a process is to serve, and what is known of it while it does not. */
interface Serving {
  readonly url: string;
  readonly readyTimeoutMs: number;
  readonly files: LogFiles;
  forgetDeath(): void;
}

/**
 * Starts a process and waits until it serves. One whose port another program holds for a moment, to see whether it is free, is started again,
 * and that is no death of the system's.
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
