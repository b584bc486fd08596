// Starts the fault proxy in a thread of its own, where a busy main thread cannot make its delays late.
import { Worker } from 'node:worker_threads';
import { compiledModule } from '../../platform/compiled-module.ts';
import { InfrastructureError } from '../../platform/errors.ts';
import type { FaultProxy, FaultProxyOptions } from './server.ts';
import type { ThreadOrder, ThreadReport } from './thread-messages.ts';

const CLOSE_MS_MAX = 5_000;

/** Options of the fault proxy, and who hears of a thread that ends by itself. */
export interface FaultProxyThreadOptions extends FaultProxyOptions {
  /** Called at most once. Without it a crash is thrown, uncaught, in the starter's thread: faults that are gone must not go unnoticed. */
  readonly onCrash?: (error: InfrastructureError) => void;
}

/** Starts a fault proxy in a worker thread; resolves when it listens. Throws an InfrastructureError when it cannot. */
export async function startFaultProxyThread(options: FaultProxyThreadOptions = {}): Promise<FaultProxy> {
  const { onCrash = throwUncaught, ...settings } = options;
  const worker = new Worker(compiledModule(import.meta.url, './worker.ts'), { workerData: settings, execArgv: [] });
  return supervise(worker, onCrash);
}

/** Waits until a worker reports that it listens, and watches over it from then on; `onCrash` hears when it ends by itself. */
export async function supervise(worker: Worker, onCrash: (error: InfrastructureError) => void): Promise<FaultProxy> {
  let failure: unknown;
  worker.on('error', (error) => (failure = error));
  const exited = new Promise<void>((resolve) => void worker.once('exit', () => resolve()));
  const report = await Promise.race([firstReport(worker), exited.then(() => undefined)]);
  if (report === undefined) throw crash('before it listened', failure);
  if (report.kind === 'failed') {
    await exited;
    throw new InfrastructureError(report.message, report.hint === undefined ? {} : { hint: report.hint });
  }
  let closing: Promise<void> | undefined;
  void exited.then(() => closing ?? onCrash(crash('while it was in use', failure)));
  return {
    url: report.url,
    port: report.port,
    close: () => (closing ??= end(worker, exited)),
  };
}

function firstReport(worker: Worker): Promise<ThreadReport> {
  return new Promise((resolve) => void worker.once('message', resolve));
}

async function end(worker: Worker, exited: Promise<void>): Promise<void> {
  const order: ThreadOrder = { kind: 'close' };
  worker.postMessage(order, []);
  const patience = setTimeout(() => void worker.terminate(), CLOSE_MS_MAX);
  await exited;
  clearTimeout(patience);
}

function crash(when: string, cause: unknown): InfrastructureError {
  const reason = cause instanceof Error ? cause.message : 'it ended without an error';
  return new InfrastructureError(`the fault proxy's thread stopped ${when}: ${reason}`, {
    hint: 'Run again; what was measured while it was gone proves nothing.',
    cause,
  });
}

function throwUncaught(error: InfrastructureError): void {
  queueMicrotask(() => {
    throw error;
  });
}
