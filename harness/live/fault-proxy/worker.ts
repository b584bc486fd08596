// The thread of the fault proxy: it starts the server, reports where, and ends with it.
import { strict as assert } from 'node:assert';
import { parentPort, workerData } from 'node:worker_threads';
import { OnesendError } from '../../platform/errors.ts';
import { startFaultProxy, type FaultProxyOptions } from './server.ts';
import type { ThreadReport } from './thread-messages.ts';

assert(parentPort !== null, 'the fault proxy worker runs in a worker thread only');
const port = parentPort;
const report = (message: ThreadReport) => port.postMessage(message);

try {
  const options: FaultProxyOptions = workerData;
  const proxy = await startFaultProxy(options);
  // The only order is to close; without the port open, nothing keeps this thread alive.
  port.once('message', () => {
    void proxy.close().then(() => port.close());
  });
  report({ kind: 'listening', url: proxy.url, port: proxy.port });
} catch (error) {
  const hint = error instanceof OnesendError ? error.hint : undefined;
  report({ kind: 'failed', message: error instanceof Error ? error.message : String(error), hint });
  port.close();
}
