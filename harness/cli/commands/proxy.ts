// onesend proxy: runs the embedded fault proxy alone, for users who want a Toxiproxy on a machine without Docker, until Ctrl-C.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { EXIT_CODES } from '../../formats/decision.ts';
import type { ProxyReport } from '../../formats/proxy.ts';
import { type FaultProxyThreadOptions, startFaultProxyThread } from '../../live/fault-proxy/threaded.ts';
import { ignoreCallerVariables } from '../../live/caller-variables.ts';
import { InfrastructureError, UsageError } from '../../platform/errors.ts';
import { messageOf } from '../../platform/thrown.ts';
import type { RunCommand } from '../command.ts';
import type { OutputFlags } from '../flags.ts';

/** Where the API listens, and whether it has /metrics. */
export interface ProxyFlags extends OutputFlags {
  readonly host: string;
  readonly port: number;
  readonly proxyMetrics: boolean;
  /** A JSON file with the first proxies. */
  readonly config?: string;
}

/** Serves until it is interrupted, which is exit code 0 here. A port in use, or a crash of the proxy, is exit code 4. */
export const proxyCommand: RunCommand<ProxyFlags> = async (flags, { screen, signal }) => {
  const { host, port, proxyMetrics, config } = flags;
  ignoreCallerVariables('embedded');
  const proxies = config === undefined ? undefined : await readProxies(config);
  const interrupted = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  let onCrash: FaultProxyThreadOptions['onCrash'];
  const crashed = new Promise<never>((_resolve, reject) => (onCrash = reject));
  const proxy = await startFaultProxyThread({ host, port, metrics: proxyMetrics, ...(onCrash && { onCrash }) });
  try {
    await reach(proxy.url);
    if (proxies !== undefined) await populate(proxy.url, proxies);
    const report: ProxyReport = { format: 'onesend.proxy/1', url: proxy.url, port: proxy.port };
    screen.result(report, () => `Toxiproxy's API 2.12.0 at ${proxy.url}, until Ctrl-C`);
    await Promise.race([interrupted, crashed]);
  } finally {
    await proxy.close();
  }
  return EXIT_CODES.pass;
};

/** Throws if no client can reach the proxy: without loopback a server can listen all the same. */
async function reach(url: string): Promise<void> {
  await fetch(`${url}/version`).catch((cause: unknown) => {
    throw new InfrastructureError(`the proxy cannot be reached at ${url}`, { cause });
  });
}

async function readProxies(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`--config: expected a file with proxies, ${messageOf(cause)}`, { cause });
  });
}

/** Makes the proxies of a file, as the real server does when it starts. If they are refused, the real server goes on; this one ends. */
async function populate(url: string, proxies: string): Promise<void> {
  const answer = await fetch(`${url}/populate`, { method: 'POST', body: proxies });
  if (!answer.ok) throw new UsageError(`--config: the proxies were refused: ${(await answer.text()).trim()}`);
}
