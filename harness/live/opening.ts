// Opens what the live lane and the check of a description need, and ends all of it again when a part of it does not open.
import { InterruptedError } from '../platform/errors.ts';
import { unlessAborted } from '../platform/unless-aborted.ts';
import { type Guard, startGuard } from './guard/guard.ts';
import { createRunDirectory } from './guard/run-directory.ts';
import type { Infrastructure, InfrastructureName } from './infrastructure.ts';
import { type Observatory, startObservatory } from './observers/observatory.ts';
import { openInfrastructure } from './open-infrastructure.ts';

/** Two pools of the systems, the rig's own connection, and room for a restart that overlaps its predecessor. */
const CONNECTIONS_PER_SLOT = 26;
/** What a worker beside one of them may hold. */
const CONNECTIONS_PER_WORKER = 10;

/** How to open. */
export interface OpeningOptions {
  onProgress?(line: string): void;
  /** Ends the opening with an InterruptedError; what is open is closed by its owner. */
  readonly signal?: AbortSignal;
}

/** Something that is being opened. */
export interface Opening {
  readonly guard: Guard;
  /** What has been opened so far, in order; closed in the reverse order. */
  readonly closers: (() => Promise<void>)[];
  /** Aborted with the first error: nothing more is started then, or it would outlive what is closed. */
  readonly over: AbortController;
  onProgress(line: string): void;
  close(): Promise<void>;
}

/** Opens something of several parts. Everything that was started is ended again when that fails. */
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

/** For how much servers must have room. */
export interface ServerCapacity {
  readonly slots: number;
  /** How many commands run beside the two processes of each slot. */
  readonly workers?: number;
}

/** Which servers to open. */
export interface ServersRequest extends ServerCapacity {
  /** Which one to open, or one that is open already and that its owner closes. */
  readonly infrastructure: InfrastructureName | Infrastructure;
}

/** PostgreSQL, the fault proxy and the observers. */
export interface Servers {
  readonly infrastructure: Infrastructure;
  readonly observatory: Observatory;
}

/** Opens the servers, as a part of what is being opened. */
export async function openServers(request: ServersRequest, opening: Opening): Promise<Servers> {
  const starting = { infrastructure: infrastructureFor(request, opening), observatory: startObservatory() };
  // Waits for both, so that what did open is closed again also when the other did not.
  for (const outcome of await Promise.allSettled(Object.values(starting))) {
    if (outcome.status === 'fulfilled') opening.closers.push(() => outcome.value.close());
  }
  return { infrastructure: await starting.infrastructure, observatory: await starting.observatory };
}

/** The infrastructure that is named, opened; one that is open is not the opening's to close. */
async function infrastructureFor(
  { infrastructure, ...room }: ServersRequest,
  opening: Opening,
): Promise<Infrastructure> {
  if (typeof infrastructure !== 'string') return { ...infrastructure, close: () => Promise.resolve() };
  return openOwnInfrastructure(infrastructure, room, opening);
}

/** Opens the infrastructure of this name. Its closer is left to the caller. */
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
