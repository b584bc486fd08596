// Ports for the processes of a run. They lie below the range from which the kernel takes ports for outgoing connections, so no
// connection can take a port between its allocation and a restart of the process that listens on it. Nor can another rig on this machine:
// each takes its ports from blocks that it has claimed.
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import getPort, { portNumbers } from 'get-port';
import { InfrastructureError } from '../../platform/errors.ts';
import { messageOf } from '../../platform/thrown.ts';

/** The first port that the rig gives out. */
export const FIRST_PORT = 20_000;
/** The last one. */
export const LAST_PORT = 31_999;

/** How many ports a block has. A slot needs six or more. */
const BLOCK = 100;

const untried = portsOfClaimedBlocks();

/** A port that is free on every address of this machine, never the same twice in one run. */
export async function freePort(): Promise<number> {
  // A for-of loop would end the generator when it returns the first port.
  for (let next = await untried.next(); next.done !== true; next = await untried.next()) {
    const candidate = next.value;
    // When the candidate is in use, get-port returns an ephemeral port, which does not fit here.
    const port = await getPort({ port: candidate, reserve: true });
    if (port === candidate) return port;
  }
  throw new InfrastructureError(`expected a free port from ${FIRST_PORT} to ${LAST_PORT}, found none`, {
    hint: 'Use fewer slots, or end the programs that hold these ports.',
  });
}

/** How programs report that another process uses a port. */
const TAKEN = /EADDRINUSE|address already in use|could not bind/i;

/** How many ports are tried: another program can take a port between the check and its use. */
const ATTEMPTS_MAX = 8;

/** Whether a message reports that a port is in use. */
export function saysTaken(message: string): boolean {
  return TAKEN.test(message);
}

/** Runs `work` with a free port, and repeats it with another one when it fails because the port is in use. */
export async function onFreePort<T>(work: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return await work(port);
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !saysTaken(messageOf(error))) throw error;
    }
  }
}

/** Throws an InfrastructureError when `port` of 127.0.0.1 is in use; `purpose` says what the port is for. */
export async function assertPortFree(port: number, purpose: string): Promise<void> {
  const error = await listenOn(port).then(
    (server) => void server.close(),
    (cause: NodeJS.ErrnoException) => cause,
  );
  if (error === undefined) return;
  const problem = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used: ${error.message}`;
  throw new InfrastructureError(`port ${port} (${purpose}) ${problem}`, {
    hint: `End the program that holds port ${port}, or configure another port.`,
    cause: error,
  });
}

/** Each port of each block that this process can claim. A block is claimed when the ports of the one before are used up. */
async function* portsOfClaimedBlocks(): AsyncGenerator<number, void> {
  const firsts = [...portNumbers(FIRST_PORT, LAST_PORT)].filter((port) => (port - FIRST_PORT) % BLOCK === 0);
  while (firsts.length > 0) {
    const [first = FIRST_PORT] = firsts.splice(Math.floor(Math.random() * firsts.length), 1);
    if (await claim(first)) yield* portNumbers(first + 1, first + BLOCK - 1);
  }
}

/** Claims the block that begins with a port: listens on it until this process ends. Returns false if another process does. */
async function claim(first: number): Promise<boolean> {
  try {
    const server = await listenOn(first);
    server.unref();
    return true;
  } catch {
    return false;
  }
}

async function listenOn(port: number): Promise<Server> {
  const server = createServer().listen({ port, host: '127.0.0.1', exclusive: true });
  await once(server, 'listening');
  return server;
}
