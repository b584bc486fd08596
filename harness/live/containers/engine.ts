// The Docker engine, and the one address of this machine on which its containers and the rig reach each other.
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
  /** Where it listens; undefined when connections to it need certificates or ssh. */
  readonly address: EngineAddress | undefined;
  /**
   * The host of every address between the rig and containers: container ports are published on it, and back taps listen on it. For a native
   * engine it is the address of the Docker bridge, which only this machine and its containers can reach. The kernel translates traffic to
   * it; traffic to loopback would pass a relay of the engine, which turns a reset into an ordinary end. For an engine in a virtual machine
   * that forwards to loopback, it is loopback.
   */
  readonly meetingHost: string;
}

/** Finds the engine. Throws an InfrastructureError when none answers. */
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
    // By default an engine takes the first address of the subnet, and does not always report it.
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
  // When the socket that the user named is dead, the library falls back to the usual one. That is not what the user asked for.
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

/** The address of the engine, which the library keeps in an untyped field. */
function addressOf({ container }: ContainerRuntimeClient): EngineAddress | undefined {
  return addressSchema.safeParse(container.dockerode.modem).data;
}

function noEngine(message: string, cause?: unknown): InfrastructureError {
  return new InfrastructureError(message, {
    hint: 'Start one (on Debian: .ci/images/start-engine), or use --infra embedded.',
    cause,
  });
}

/** Whether a process of this machine can listen on an address. The list of interfaces omits a bridge without containers. */
function isOwnAddress(address: string): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ host: address, port: 0 }, () => server.close(() => resolve(true)));
  });
}
