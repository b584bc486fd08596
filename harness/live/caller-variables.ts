// Variables of the caller's shell that libraries of the rig would obey: settings of PostgreSQL clients, and proxies for HTTP. The servers
// of the rig are on loopback and are reached as the rig says.
import type { InfrastructureName } from './infrastructure.ts';

/** What pg reads when it is loaded and whenever it connects, as libpq does. */
const OF_POSTGRES = /^(?:PG[A-Z]+|NODE_PG_FORCE_NATIVE)$/;

/** Both spellings are read. */
const NO_PROXY = ['no_proxy', 'NO_PROXY'] as const;

/** Hosts that no proxy stands before. */
const LOOPBACK = '127.0.0.1,localhost,[::1]';

/**
 * Takes these variables out of `environment`, before the libraries are loaded. For external servers the settings of PostgreSQL clients stay,
 * since their owner may have meant them; loopback is reached without a proxy there too.
 */
export function ignoreCallerVariables(infrastructure: InfrastructureName, environment = process.env): void {
  const isOwn = infrastructure !== 'external';
  for (const name of Object.keys(environment)) if (isOwn && OF_POSTGRES.test(name)) delete environment[name];
  for (const name of NO_PROXY) {
    const before = environment[name] ?? '';
    environment[name] = isOwn ? '*' : [before, LOOPBACK].filter((part) => part !== '').join(',');
  }
}
