// onesend proxy: the embedded fault proxy alone, for whoever wants a Toxiproxy on a machine without Docker. Runs until Ctrl-C.
import { once } from 'node:events';
import { EXIT_CODES } from '../../formats/decision.ts';
import type { ProxyReport } from '../../formats/proxy.ts';
import { type FaultProxyThreadOptions, startFaultProxyThread } from '../../live/fault-proxy/threaded.ts';
import type { RunCommand } from '../command.ts';
import type { OutputFlags } from '../flags.ts';

/** Where the API listens, and whether it has /metrics. */
export interface ProxyFlags extends OutputFlags {
  readonly host: string;
  readonly port: number;
  readonly proxyMetrics: boolean;
}

/** Serves until interrupted, which is how a server ends: exit code 0. A port in use, or a crash while it serves, is exit code 4. */
export const proxyCommand: RunCommand<ProxyFlags> = async ({ host, port, proxyMetrics }, { screen, signal }) => {
  const interrupted = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  let onCrash: FaultProxyThreadOptions['onCrash'];
  const crashed = new Promise<never>((_resolve, reject) => (onCrash = reject));
  const proxy = await startFaultProxyThread({ host, port, metrics: proxyMetrics, ...(onCrash && { onCrash }) });
  const report: ProxyReport = { format: 'onesend.proxy/1', url: proxy.url, port: proxy.port };
  screen.result(report, () => `Toxiproxy's API 2.12.0 at ${proxy.url}, until Ctrl-C`);
  await Promise.race([interrupted, crashed]);
  await proxy.close();
  return EXIT_CODES.pass;
};
