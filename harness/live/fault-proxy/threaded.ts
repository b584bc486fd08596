// Starts the fault proxy in its own thread, so that a busy main thread cannot prolong its delays.
import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { compiledModule } from '../../platform/compiled-module.ts';
import { InfrastructureError } from '../../platform/errors.ts';
import { CallableWorker } from '../../platform/worker-calls.ts';
import type { FaultProxy, FaultProxyOptions } from './server.ts';

/** The commands of the thread. */
export type ProxyOrder =
  | { readonly kind: 'listen'; readonly options: FaultProxyOptions }
  /** Closes the API, every proxy and every link. */
  | { readonly kind: 'close' };

/** The address of the API: the answer to `listen`. */
export type ProxyAddress = Pick<FaultProxy, 'url' | 'port'>;

type ProxyThread = CallableWorker<ProxyOrder, ProxyAddress | undefined>;

const CLOSE_MS_MAX = 5_000;

/** The options of a fault proxy in a thread. */
export interface FaultProxyThreadOptions extends FaultProxyOptions {
  /**
   * Called once if the thread ends by itself. Without it the error is thrown, uncaught, in the starting thread: a run must not continue
   * without its faults.
   */
  readonly onCrash?: (error: InfrastructureError) => void;
}

/** Starts a fault proxy in a worker thread; resolves when it listens. Throws an InfrastructureError if it cannot listen. */
export async function startFaultProxyThread(options: FaultProxyThreadOptions = {}): Promise<FaultProxy> {
  const { onCrash = throwUncaught, ...settings } = options;
  const worker = new Worker(compiledModule(import.meta.url, './worker.ts'), { execArgv: [] });
  return supervise(worker, { settings, onCrash });
}

/** Tells a worker to listen, and from then on calls `onCrash` if it ends by itself. */
export async function supervise(
  worker: Worker,
  options: { settings: FaultProxyOptions; onCrash: (error: InfrastructureError) => void },
): Promise<FaultProxy> {
  const thread: ProxyThread = new CallableWorker(worker);
  const address = await listen(thread, options.settings);
  let closing: Promise<void> | undefined;
  void thread.ended.then((reason) => closing ?? options.onCrash(crash('while it was in use', reason)));
  return { ...address, close: () => (closing ??= end(thread)) };
}

async function listen(thread: ProxyThread, options: FaultProxyOptions): Promise<ProxyAddress> {
  try {
    const address = await thread.call({ kind: 'listen', options });
    assert(address !== undefined, 'a thread that listens says where');
    return address;
  } catch (error) {
    if (thread.endedBecause !== undefined) throw crash('before it listened', thread.endedBecause);
    await thread.terminate();
    throw error;
  }
}

async function end(thread: ProxyThread): Promise<void> {
  const patience = setTimeout(() => void thread.terminate(), CLOSE_MS_MAX);
  // The call fails if the thread has ended: then everything is closed already.
  await thread.call({ kind: 'close' }).catch(() => undefined);
  clearTimeout(patience);
  await thread.terminate();
}

function crash(when: string, cause: Error): InfrastructureError {
  return new InfrastructureError(`the fault proxy's thread stopped ${when}: ${cause.message}`, {
    hint: 'Run again; runs without the fault proxy prove nothing.',
    cause,
  });
}

function throwUncaught(error: InfrastructureError): void {
  queueMicrotask(() => {
    throw error;
  });
}
