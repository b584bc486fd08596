// A slot: everything that one running scenario needs for itself. A database, a legacy app, a service, the link between them, two provider
// stubs.
import { Client } from 'pg';
import type { Role } from '../../src/contract/message.ts';
import type { SystemDescription } from '../formats/system-description.ts';
import type { Egress } from './egress/egress.ts';
import type { Guard } from './guard/guard.ts';
import type { Infrastructure } from './infrastructure.ts';
import { type LegacyClient, openLegacyClient } from './legacy-client.ts';
import { openServiceLink, type ServiceLink } from './network.ts';
import type { Observatory, ProviderHandle } from './observers/observatory.ts';
import type { Placeholders } from './placeholders.ts';
import { cloneDatabase } from './postgres/databases.ts';
import { portFor, type SystemProcess } from './system-process.ts';
import { openMeans } from './slot-means.ts';
import { systemProcess } from './system-processes.ts';

/** What all slots of a lane share. */
export interface SlotSurroundings {
  readonly description: SystemDescription;
  readonly infrastructure: Infrastructure;
  readonly observatory: Observatory;
  readonly guard: Guard;
  /** Redirects requests to fixed hosts of providers to the stubs; undefined if the description turns this off. */
  readonly egress?: Egress | undefined;
  /** The passwords of the two systems' database roles. */
  readonly passwords: Readonly<Record<Role, string>>;
  /** How long a process may take until it serves; by default long enough for a loaded machine. */
  readonly readyTimeoutMs?: number | undefined;
}

/** One open slot. */
export interface Slot extends SlotSurroundings {
  readonly number: number;
  /** The rig's own connection to the slot's database. */
  readonly database: Client;
  readonly serviceLink: ServiceLink;
  readonly providers: Readonly<Record<Role, ProviderHandle>>;
  readonly processes: Readonly<Record<Role, SystemProcess>>;
  /** The values for the placeholders of each system's commands. */
  readonly placeholders: Readonly<Record<Role, Placeholders>>;
  /** More environment variables for each system's commands; those of the description win. */
  readonly variables: Readonly<Record<Role, Readonly<Record<string, string>>>>;
  readonly user: LegacyClient;
  /** How many scenarios have begun here. Ids contain this number, so that the ids of two runs differ. */
  runs: number;
  /** Starts both systems, and waits until they serve. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a slot; its systems run only after `start`. */
export async function openSlot(number: number, shared: SlotSurroundings): Promise<Slot> {
  const { description, infrastructure, observatory, guard, egress, readyTimeoutMs } = shared;
  const { postgres, names } = infrastructure;
  const name = names.slot(number);
  await cloneDatabase(postgres, { template: names.template, name });
  const database = await connectTo(postgres.url(name));

  const [legacyPort, servicePort] = [await portFor(description, 'legacy'), await portFor(description, 'service')];
  const openProvider = (system: Role): Promise<ProviderHandle> =>
    observatory.openProvider({ slot: number, system, providers: description.providers, serving: egress?.serving });
  const [legacyProvider, serviceProvider] = await Promise.all([openProvider('legacy'), openProvider('service')]);
  const serviceLink = await openServiceLink({
    slot: number,
    observatory,
    proxies: infrastructure.proxies,
    proxyName: infrastructure.names.proxy(number),
    servicePort,
    protocol: description.protocol,
  });
  const means = await openMeans(description, guard);
  const valuesOf = (role: Role, port: number, provider: ProviderHandle): Placeholders => ({
    databaseUrl: postgres.url(name, { name: description.database.roles[role], password: shared.passwords[role] }),
    serviceUrl: serviceLink.url,
    providerUrl: `http://127.0.0.1:${provider.port}`,
    port: String(port),
    ...means.values,
  });
  const placeholders = {
    legacy: valuesOf('legacy', legacyPort, legacyProvider),
    service: valuesOf('service', servicePort, serviceProvider),
  };
  const variablesOf = (provider: ProviderHandle): Record<string, string> =>
    egress?.environment(provider.port, [serviceLink.url, postgres.url(name)]) ?? {};
  const variables = { legacy: variablesOf(legacyProvider), service: variablesOf(serviceProvider) };
  const open = (role: Role, port: number): SystemProcess => {
    const own = { placeholders: placeholders[role], variables: variables[role] };
    return systemProcess({ role, description, guard, port, readyTimeoutMs, ...own });
  };
  const processes = { legacy: open('legacy', legacyPort), service: open('service', servicePort) };
  const user = openLegacyClient(legacyPort);

  return {
    ...shared,
    number,
    database,
    serviceLink,
    providers: { legacy: legacyProvider, service: serviceProvider },
    processes,
    placeholders,
    variables,
    user,
    runs: 0,
    async start() {
      await Promise.all([processes.legacy.start(), processes.service.start()]);
    },
    async close() {
      await user.close();
      await Promise.all([processes.legacy.close(), processes.service.close()]);
      await Promise.all([serviceLink.close(), legacyProvider.close(), serviceProvider.close()]);
      await Promise.all([database.end(), means.close()]);
    },
  };
}

async function connectTo(url: string): Promise<Client> {
  const database = new Client({ connectionString: url });
  // The next query reports a lost connection. Without a listener the event would end the rig's process.
  database.on('error', () => undefined);
  await database.connect();
  return database;
}
