// External infrastructure, which the rig did not start: a PostgreSQL and a Toxiproxy by their URLs. Everything that a run makes there has
// the prefix of the run in its name. The run removes it when it closes; the next run removes what a killed run left.
import type { Infrastructure, InfrastructureOptions } from '../infrastructure.ts';
import { adoptPostgres } from '../postgres/adopted.ts';
import { adoptProxyServer } from './proxy-server.ts';
import { readExternalSettings } from './settings.ts';
import { beginStay } from './shared-servers.ts';

/** Connects to both servers, whose URLs are in the environment. */
export async function openExternalInfrastructure(
  options: InfrastructureOptions,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Infrastructure> {
  const settings = readExternalSettings(environment);
  const [postgres, proxies] = await Promise.all([
    adoptPostgres(settings.postgresUrl, options),
    adoptProxyServer(settings, options.slots),
  ]);
  const stay = await beginStay({
    postgres,
    proxyApiUrl: proxies.apiUrl,
    onProgress: options.onProgress,
  });
  return {
    postgres,
    proxies,
    names: stay.names,
    describe: () => ({
      infrastructure: 'external',
      postgres: postgres.version,
      proxy: `Toxiproxy API ${proxies.version}`,
    }),
    close: () => stay.leave(),
  };
}
