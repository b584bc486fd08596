// Starts the two containers side by side on the engine's bridge, and waits until both serve.
import { randomBytes } from 'node:crypto';
import type { StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import type { GenericContainer, StartedTestContainer } from 'testcontainers';
import { containerArguments } from '../postgres/server-settings.ts';
import type { ContainerEngine } from './engine.ts';
import type { Images } from './images.ts';
import { ownerLabels } from './owner.ts';
import { reachPostgres, reachToxiproxy } from './reach.ts';
import { untilServing } from './until-serving.ts';

/** The port of Toxiproxy's API, and the first of the ports its proxies listen on, inside the container. */
export const API_PORT = 8474;
export const FIRST_PROXY_PORT = 21_000;

type HealthCheck = Parameters<GenericContainer['withHealthCheck']>[0];

/** The part of the library's host configuration that lists the ports to publish. */
interface PublishingHost {
  readonly PortBindings?: Record<string, { HostIp?: string }[]>;
}

const POSTGRES_PORT = 5432;
const SUPERUSER = 'onesend';
/** The library finds a kept container by its settings, so settings that vary from run to run get one fixed, generous value. */
const KEPT = { password: 'onesend', maxConnections: 900, proxyPorts: 32 } as const;
/** PostgreSQL reserves some connections for superusers, and the rig needs one to see that the server is up. */
const SPARE_CONNECTIONS = 10;
/** In effect no health check: the library cannot turn it off, so the first check is after an hour. */
const NO_HEALTH_CHECK: HealthCheck = { test: ['CMD', 'true'], interval: 3_600_000 };

/** What the containers are started with. */
export interface ContainerOptions {
  readonly engine: ContainerEngine;
  readonly images: Images;
  readonly slots: number;
  readonly maxConnections: number;
  /** Whether they outlive the run, for the next one to find (TESTCONTAINERS_REUSE_ENABLE). */
  readonly isKept: boolean;
  /** The label of containers that do not outlive the run. */
  readonly runLabel: string;
}

/** Both containers, with servers that answer. */
export interface StartedContainers {
  readonly postgres: StartedPostgreSqlContainer;
  readonly toxiproxy: StartedTestContainer;
}

/** Starts both. When one fails the other is stopped. */
export async function startContainers(options: ContainerOptions): Promise<StartedContainers> {
  const starting = { postgres: startPostgres(options), toxiproxy: startToxiproxy(options) };
  const outcomes = await Promise.allSettled(Object.values(starting));
  if (outcomes.some(({ status }) => status === 'rejected')) {
    for (const outcome of outcomes) if (outcome.status === 'fulfilled' && !options.isKept) await outcome.value.stop();
  }
  return { postgres: await starting.postgres, toxiproxy: await starting.toxiproxy };
}

function startPostgres(options: ContainerOptions): Promise<StartedPostgreSqlContainer> {
  const { engine, images, isKept } = options;
  const { meetingHost } = engine;
  const { PostgreSqlContainer } = engine.library;
  const connections = SPARE_CONNECTIONS + Math.max(options.maxConnections, isKept ? KEPT.maxConnections : 0);
  const account = {
    user: SUPERUSER,
    password: isKept ? KEPT.password : randomBytes(24).toString('hex'),
    database: 'postgres',
  };
  class MeetingPostgres extends PostgreSqlContainer {
    protected override async beforeContainerCreated(): Promise<void> {
      publishOn(meetingHost, this.hostConfig);
    }
  }
  const container = new MeetingPostgres(images.postgres)
    .withUsername(account.user)
    .withDatabase(account.database)
    .withPassword(account.password)
    .withCommand(['postgres', ...containerArguments({ maxConnections: connections })])
    .withHealthCheck(NO_HEALTH_CHECK)
    // The image first starts a server that only makes the cluster. It has no port, so it cannot be mistaken for the final one.
    .withWaitStrategy(
      untilServing((bound) => reachPostgres({ host: meetingHost, port: bound.getBinding(POSTGRES_PORT), ...account })),
    );
  return ownedOrKept(container, options).start();
}

function startToxiproxy(options: ContainerOptions): Promise<StartedTestContainer> {
  const { engine, images, slots, isKept } = options;
  const { meetingHost } = engine;
  const { GenericContainer: Container } = engine.library;
  class MeetingToxiproxy extends Container {
    protected override async beforeContainerCreated(): Promise<void> {
      publishOn(meetingHost, this.hostConfig);
    }
  }
  const count = Math.max(slots, isKept ? KEPT.proxyPorts : 0);
  const ports = Array.from({ length: count }, (_, index) => FIRST_PROXY_PORT + index);
  const container = new MeetingToxiproxy(images.toxiproxy)
    .withCommand(['-host=0.0.0.0'])
    .withExposedPorts(API_PORT, ...ports)
    // Proxies reach upstreams on this machine by this name. The tunnel of exposeHostPorts would need another image.
    .withExtraHosts([{ host: 'host.docker.internal', ipAddress: 'host-gateway' }])
    .withWaitStrategy(untilServing((bound) => reachToxiproxy({ host: meetingHost, port: bound.getBinding(API_PORT) })));
  return ownedOrKept(container, options).start();
}

function ownedOrKept<T extends GenericContainer>(container: T, { isKept, runLabel }: ContainerOptions): T {
  return isKept ? container.withReuse() : container.withLabels(ownerLabels(runLabel));
}

/** Publishes the ports on one address. The library would publish them on all interfaces, where other machines could reach the servers. */
function publishOn(address: string, host: PublishingHost): void {
  for (const published of Object.values(host.PortBindings ?? {})) {
    for (const binding of published) binding.HostIp = address;
  }
}
