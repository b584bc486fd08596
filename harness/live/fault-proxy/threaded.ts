// Starts the fault proxy in a thread of its own, where a busy main thread cannot make its delays late.
import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { compiledModule } from '../../platform/compiled-module.ts';
import { InfrastructureError } from '../../platform/errors.ts';
import { CallableWorker } from '../../platform/worker-calls.ts';
import type { FaultProxy, FaultProxyOptions } from './server.ts';

/** The commands of the thread. */
export type ProxyOrder =
  | { readonly kind: 'listen'; readonly options: FaultProxyOptions }
  /** Ends the API, every proxy and every link. */
  | { readonly kind: 'close' };

/** Where the API listens: the answer to `listen`. */
export type ProxyAddress = Pick<FaultProxy, 'url' | 'port'>;

type ProxyThread = CallableWorker<ProxyOrder, ProxyAddress | undefined>;

const CLOSE_MS_MAX = 5_000;

/** Options of the fault proxy, and the listener to a thread that ends by itself. */
export interface FaultProxyThreadOptions extends FaultProxyOptions {
  /** Called at most once. Without it a crash is thrown, uncaught, in the starter's thread: faults that are gone must not go unnoticed. */
  readonly onCrash?: (error: InfrastructureError) => void;
}

/** Starts a fault proxy in a worker thread; resolves when it listens. Throws an InfrastructureError when it cannot. */
export async function startFaultProxyThread(options: FaultProxyThreadOptions = {}): Promise<FaultProxy> {
  const { onCrash = throwUncaught, ...settings } = options;
  const worker = new Worker(compiledModule(import.meta.url, './worker.ts'), { execArgv: [] });
  return supervise(worker, { settings, onCrash });
}

/** Has a worker listen, and watches over it from then on; `onCrash` is called when it ends by itself. */
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
  // A thread that has ended has closed everything.
  await thread.call({ kind: 'close' }).catch(() => undefined);
  clearTimeout(patience);
  await thread.terminate();
}

function crash(when: string, cause: Error): InfrastructureError {
  return new InfrastructureError(`the fault proxy's thread stopped ${when}: ${cause.message}`, {
    hint: 'Run again; what was measured while it was gone proves nothing.',
    cause,
  });
}

function throwUncaught(error: InfrastructureError): void {
  queueMicrotask(() => {
    throw error;
  });
}
