// The Docker engine, and the one address of this machine on which its containers and the rig meet.
import { createServer } from 'node:net';
import type { ContainerRuntimeClient } from 'testcontainers';
import { z } from 'zod';
import { InfrastructureError } from '../../platform/errors.ts';
import { messageOf } from '../../platform/thrown.ts';
import type { EngineAddress } from '../guard/labelled-containers.ts';
import type { Testcontainers } from './library.ts';

/** Where the containers run. */
export interface ContainerEngine {
  readonly library: Testcontainers;
  readonly client: ContainerRuntimeClient;
  readonly version: string;
  /** Where it listens; undefined when it is spoken to with certificates or by ssh. */
  readonly address: EngineAddress | undefined;
  /**
   * The host part of everything: container ports are published there, and back taps listen there. Beside a native engine it is the
   * address of the Docker bridge, which only this machine and its containers reach. Traffic to it is translated by the kernel; on
   * loopback it would pass a relay of the engine's, which turns a reset into an ordinary end. Where the engine runs in a virtual
   * machine that forwards to loopback, it is loopback.
   */
  readonly meetingHost: string;
}

/** Finds the engine; an InfrastructureError when none answers. */
export async function findEngine(library: Testcontainers, environment = process.env): Promise<ContainerEngine> {
  const client = await connect(library, environment);
  const gateway = await findGateway(client);
  return {
    library,
    client,
    version: String(client.info.containerRuntime.serverVersion),
    address: addressOf(client),
    meetingHost: gateway !== undefined && (await isOwnAddress(gateway)) ? gateway : '127.0.0.1',
  };
}

/** The address that the engine's bridge has on the machine of the engine. */
async function findGateway(client: ContainerRuntimeClient): Promise<string | undefined> {
  try {
    const { IPAM: addresses } = await client.network.getById('bridge').inspect();
    const [config] = addresses?.Config ?? [];
    // By default an engine takes the first address of the subnet, and does not always say so.
    return config?.['Gateway'] ?? config?.['Subnet']?.replace(/\.\d+\/\d+$/, '.1');
  } catch (cause) {
    throw noEngine(`expected a Docker engine with the network 'bridge', received: ${messageOf(cause)}`, cause);
  }
}

async function connect(library: Testcontainers, environment: NodeJS.ProcessEnv): Promise<ContainerRuntimeClient> {
  const wanted = environment['DOCKER_HOST'];
  let client: ContainerRuntimeClient;
  try {
    client = await library.getContainerRuntimeClient();
  } catch (cause) {
    throw noEngine(wanted === undefined ? 'no Docker engine answers' : `no Docker engine answers at ${wanted}`, cause);
  }
  const address = addressOf(client);
  const socketPath = address !== undefined && 'socketPath' in address ? address.socketPath : undefined;
  // The library goes on to the usual socket when the one that was named is dead; the user meant that one.
  if (wanted?.startsWith('unix://') === true && socketPath !== wanted.slice('unix://'.length)) {
    throw noEngine(`no Docker engine answers at ${wanted}`);
  }
  return client;
}

const addressSchema = z.union([
  z.object({ socketPath: z.string() }),
  z
    .object({ host: z.string(), port: z.coerce.number(), protocol: z.literal('http') })
    .transform(({ host, port }) => ({ host, port })),
]);

/** The library keeps it where its types do not tell. */
function addressOf({ container }: ContainerRuntimeClient): EngineAddress | undefined {
  return addressSchema.safeParse(container.dockerode.modem).data;
}

function noEngine(message: string, cause?: unknown): InfrastructureError {
  return new InfrastructureError(message, {
    hint: 'Start one (on Debian: .ci/images/start-engine), or use --infra embedded.',
    cause,
  });
}

/** Whether something can listen there. The list of interfaces would do, but it leaves out a bridge without containers. */
function isOwnAddress(address: string): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ host: address, port: 0 }, () => server.close(() => resolve(true)));
  });
}
