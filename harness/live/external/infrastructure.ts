// External infrastructure, which the rig did not start: a PostgreSQL and a Toxiproxy by their URLs. What a run makes there bears its own
// prefix and is removed when it closes; what a killed run left is removed by the next one.
import type { Infrastructure, InfrastructureOptions } from '../infrastructure.ts';
import { adoptPostgres } from '../postgres/adopted.ts';
import { adoptProxyServer } from './proxy-server.ts';
import { readExternalSettings } from './settings.ts';
import { beginStay } from './shared-servers.ts';

/** Takes both servers into use. The environment says where they are. */
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
