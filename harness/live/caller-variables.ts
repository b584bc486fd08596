// Removes variables of the caller's shell that would redirect the rig's libraries: settings of PostgreSQL clients, and HTTP proxies.
// The rig's own servers are on loopback, at addresses that the rig itself chose.
import type { InfrastructureName } from './infrastructure.ts';

/** Variables that `pg` reads when it is loaded and at each connect, as libpq does. */
const OF_POSTGRES = /^(?:PG[A-Z]+|NODE_PG_FORCE_NATIVE)$/;

/** HTTP libraries read either spelling. */
const NO_PROXY = ['no_proxy', 'NO_PROXY'] as const;

/** Hosts that are always reached without a proxy. */
const LOOPBACK = '127.0.0.1,localhost,[::1]';

/**
 * Removes these variables from `environment`; call it before the libraries are loaded. With external servers the settings of PostgreSQL
 * clients stay, because the user may need them to reach the server; loopback is reached without a proxy there too.
 */
export function ignoreCallerVariables(infrastructure: InfrastructureName, environment = process.env): void {
  const isOwn = infrastructure !== 'external';
  for (const name of Object.keys(environment)) if (isOwn && OF_POSTGRES.test(name)) delete environment[name];
  for (const name of NO_PROXY) {
    const before = environment[name] ?? '';
    environment[name] = isOwn ? '*' : [before, LOOPBACK].filter((part) => part !== '').join(',');
  }
}
