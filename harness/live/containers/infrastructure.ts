// The infrastructure in containers: PostgreSQL and the real Toxiproxy, by testcontainers.
import type { StartedTestContainer } from 'testcontainers';
import { InfrastructureError, OnesendError } from '../../platform/errors.ts';
import { beginStay } from '../external/shared-servers.ts';
import { parseAddress } from '../fault-proxy/address.ts';
import type { Infrastructure, InfrastructureOptions, ProxyServer } from '../infrastructure.ts';
import { adoptPostgres } from '../postgres/adopted.ts';
import { runNames } from '../run-names.ts';
import type { ContainerEngine } from './engine.ts';
import { firstLine, identifyImage, type Images } from './images.ts';
import { newRunLabel, removeOrphans } from './owner.ts';
import { readyEngine } from './ready-engine.ts';
import { API_PORT, FIRST_PROXY_PORT, type StartedContainers, startContainers } from './start-containers.ts';

/** Starts both containers, or with TESTCONTAINERS_REUSE_ENABLE=true finds those of an earlier run. */
export async function openContainerInfrastructure(options: InfrastructureOptions): Promise<Infrastructure> {
  const { engine, images } = await readyEngine(options.onProgress);
  const orphans = await removeOrphans(engine);
  if (orphans > 0) options.onProgress(`removed ${orphans} containers of rigs that had died`);

  const isKept = process.env['TESTCONTAINERS_REUSE_ENABLE'] === 'true';
  const runLabel = newRunLabel();
  if (engine.address !== undefined) options.guard.watchContainers({ engine: engine.address, label: runLabel });
  const containers = await plainly(startContainers({ ...options, engine, images, isKept, runLabel }));
  const stop = async (): Promise<void> => {
    if (isKept) return;
    await Promise.all([containers.postgres.stop(), containers.toxiproxy.stop()]);
    options.guard.forgetContainers(runLabel);
  };
  try {
    return await describeContainers({ options, engine, images, containers, isKept, stop });
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

async function describeContainers(parts: {
  options: InfrastructureOptions;
  engine: ContainerEngine;
  images: Images;
  containers: StartedContainers;
  isKept: boolean;
  stop: () => Promise<void>;
}): Promise<Infrastructure> {
  const { options, engine, images, containers, isKept, stop } = parts;
  const url = new URL(containers.postgres.getConnectionUri());
  url.host = `${engine.meetingHost}:${containers.postgres.getPort()}`;
  const postgres = await adoptPostgres(url.href, options);
  const proxies = proxyServer(engine, containers.toxiproxy);
  // Kept containers are shared with earlier, later and concurrent runs.
  const stay = isKept
    ? await beginStay({ postgres, proxyApiUrl: proxies.apiUrl, onProgress: options.onProgress })
    : { names: runNames(), leave: () => Promise.resolve() };
  const [postgresImage, toxiproxyImage] = await Promise.all([
    identifyImage(engine, images.postgres),
    identifyImage(engine, images.toxiproxy),
  ]);
  return {
    postgres,
    proxies,
    names: stay.names,
    describe: () => ({
      infrastructure: 'containers',
      postgres: postgres.version,
      postgresImage,
      proxy: toxiproxyImage,
      engine: `Docker ${engine.version}`,
    }),
    async close() {
      await stay.leave();
      await stop();
    },
  };
}

function proxyServer({ meetingHost }: ContainerEngine, container: StartedTestContainer): ProxyServer {
  return {
    apiUrl: `http://${meetingHost}:${container.getMappedPort(API_PORT)}`,
    backTapHost: meetingHost,
    upstreamHost: 'host.docker.internal',
    // Proxies listen on every address inside the container. From outside, only published ports can be reached, on the meeting host only.
    listenAddress: (slot) => `0.0.0.0:${FIRST_PROXY_PORT + slot - 1}`,
    reach: (listening) => ({ host: meetingHost, port: container.getMappedPort(parseAddress(listening).port) }),
  };
}

/** Rethrows errors of testcontainers and the engine as an InfrastructureError of one line. */
async function plainly<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof OnesendError) throw cause;
    throw new InfrastructureError(`the containers did not start: ${firstLine(cause)}`, {
      hint: 'See whether a firewall is between this machine and its Docker bridge, and the logs of the engine. Or use --infra embedded.',
      cause,
    });
  }
}
