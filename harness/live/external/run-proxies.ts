// The proxies of runs on a Toxiproxy server that outlives them.
import { Toxiproxy } from 'toxiproxy-node-client';
import { type RunPrefix, runPrefixOf } from './run-prefix.ts';

/** Longer than any run. Only the database shows whether the run that made a proxy is alive; the proxy server does not. */
const STALE_AFTER_MS = 24 * 60 * 60_000;

/** Removes the proxies of the run. */
export async function removeRunProxies(apiUrl: string, prefix: RunPrefix): Promise<void> {
  await removeProxies(apiUrl, (name) => name.startsWith(prefix.text));
}

/** Removes the proxies of runs that are known to be dead, and of runs that began more than a day ago. Returns their names. */
export async function removeStaleProxies(
  apiUrl: string,
  { deadPrefixes, nowMs = Date.now() }: { deadPrefixes: ReadonlySet<string>; nowMs?: number },
): Promise<string[]> {
  return removeProxies(apiUrl, (name) => {
    const prefix = runPrefixOf(name);
    if (prefix === undefined) return false;
    return deadPrefixes.has(prefix.text) || nowMs - prefix.startedAtMs > STALE_AFTER_MS;
  });
}

async function removeProxies(apiUrl: string, isWanted: (name: string) => boolean): Promise<string[]> {
  const proxies = Object.values(await new Toxiproxy(apiUrl).getAll()).filter(({ name }) => isWanted(name));
  await Promise.all(proxies.map((proxy) => proxy.remove()));
  return proxies.map(({ name }) => name);
}
