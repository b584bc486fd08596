// The entry point of the fault proxy's thread: starts the server, returns its address, and closes it.
import { serveCalls } from '../../platform/worker-calls.ts';
import { startFaultProxy, type FaultProxy } from './server.ts';
import type { ProxyAddress, ProxyOrder } from './threaded.ts';

let proxy: FaultProxy | undefined;

serveCalls<ProxyOrder, ProxyAddress | undefined>(async (order) => {
  if (order.kind === 'close') {
    await proxy?.close();
    return undefined;
  }
  proxy = await startFaultProxy(order.options);
  return { url: proxy.url, port: proxy.port };
});
