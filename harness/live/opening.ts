// Opens the servers that the live lane and the check of a description need, and closes all of them again if one does not open.
import { InterruptedError } from '../platform/errors.ts';
import { unlessAborted } from '../platform/unless-aborted.ts';
import { type Guard, startGuard } from './guard/guard.ts';
import { createRunDirectory } from './guard/run-directory.ts';
import type { Infrastructure, InfrastructureName } from './infrastructure.ts';
import { type Observatory, startObservatory } from './observers/observatory.ts';
import { openInfrastructure } from './open-infrastructure.ts';

/** The pools of both systems, the rig's connection, and a reserve: during a restart the old and the new process both hold connections. */
const CONNECTIONS_PER_SLOT = 26;
/** The pool of one further command of a system. */
const CONNECTIONS_PER_WORKER = 10;

/** How to open. */
export interface OpeningOptions {
  onProgress?(line: string): void;
  /** Ends the opening with an InterruptedError. It has no effect afterwards: the caller closes what is open. */
  readonly signal?: AbortSignal;
}

/** An opening under way, which its parts share. */
export interface Opening {
  readonly guard: Guard;
  /** The closers of what has been opened so far, in order; `close` calls them in reverse order. */
  readonly closers: (() => Promise<void>)[];
  /** Aborted at the first error. A part must start nothing after that: `close` would not end it. */
  readonly over: AbortController;
  onProgress(line: string): void;
  close(): Promise<void>;
}

/** Opens something that has several parts. If one part fails, everything that was started is ended again. */
export async function openTogether<T>(options: OpeningOptions, open: (opening: Opening) => Promise<T>): Promise<T> {
  const guard = await startGuard();
  const closers: (() => Promise<void>)[] = [() => guard.close()];
  const over = new AbortController();
  const close = async (): Promise<void> => {
    for (const closer of closers.toReversed()) await closer();
  };
  try {
    return await unlessAborted(
      open({ guard, closers, over, close, onProgress: (line) => options.onProgress?.(line) }),
      options.signal,
      () => {
        throw new InterruptedError('interrupted before anything ran');
      },
    );
  } catch (error) {
    over.abort(error);
    await close().catch(() => undefined);
    throw error;
  }
}

/** How much the servers must be able to serve. */
export interface ServerCapacity {
  readonly slots: number;
  /** How many further commands (`also`) run beside the two processes of each slot. */
  readonly workers?: number;
}

/** Which servers to open. */
export interface ServersRequest extends ServerCapacity {
  /** The name of the infrastructure to open, or an open one, which the caller closes. */
  readonly infrastructure: InfrastructureName | Infrastructure;
}

/** PostgreSQL, the fault proxy and the observers. */
export interface Servers {
  readonly infrastructure: Infrastructure;
  readonly observatory: Observatory;
}

/** Opens the servers as parts of `opening`, which closes them. */
export async function openServers(request: ServersRequest, opening: Opening): Promise<Servers> {
  const starting = { infrastructure: infrastructureFor(request, opening), observatory: startObservatory() };
  // Waits for both: if only one opens, its closer must be registered before the error is thrown.
  for (const outcome of await Promise.allSettled(Object.values(starting))) {
    if (outcome.status === 'fulfilled') opening.closers.push(() => outcome.value.close());
  }
  return { infrastructure: await starting.infrastructure, observatory: await starting.observatory };
}

/** Opens the named infrastructure, or returns an open one with a `close` that does nothing. */
async function infrastructureFor(
  { infrastructure, ...room }: ServersRequest,
  opening: Opening,
): Promise<Infrastructure> {
  if (typeof infrastructure !== 'string') return { ...infrastructure, close: () => Promise.resolve() };
  return openOwnInfrastructure(infrastructure, room, opening);
}

/** Opens the infrastructure of this name. The caller closes it. */
export async function openOwnInfrastructure(
  name: InfrastructureName,
  { slots, workers = 0 }: ServerCapacity,
  { guard, onProgress }: Opening,
): Promise<Infrastructure> {
  const directory = await createRunDirectory(guard);
  onProgress(`starting PostgreSQL and the fault proxy (${name})`);
  const maxConnections = slots * (CONNECTIONS_PER_SLOT + workers * CONNECTIONS_PER_WORKER) + 20;
  return openInfrastructure(name, { guard, directory, slots, maxConnections, onProgress });
}
