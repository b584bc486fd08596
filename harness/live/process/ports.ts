// Ports for the processes of a run. They lie below the range from which the kernel takes ports for outgoing connections, so no
// connection can take a port between its allocation and a restart of the process that listens on it.
import { createServer } from 'node:net';
import getPort, { portNumbers } from 'get-port';
import { InfrastructureError } from '../../platform/errors.ts';
import { messageOf } from '../../platform/thrown.ts';

/** The first port that the rig gives out. */
export const FIRST_PORT = 20_000;
/** The last one. */
export const LAST_PORT = 31_999;

const untried = inRandomOrder();

/** A port that is free on every address of this machine, never the same twice in one run. */
export async function freePort(): Promise<number> {
  // Not with for-of, which would end the generator at the first port it hands out.
  for (let next = untried.next(); next.done !== true; next = untried.next()) {
    const candidate = next.value;
    // When the candidate is taken, get-port answers with an ephemeral one, which is no use here.
    const port = await getPort({ port: candidate, reserve: true });
    if (port === candidate) return port;
  }
  throw new InfrastructureError(`expected a free port from ${FIRST_PORT} to ${LAST_PORT}, found none`, {
    hint: 'Use fewer slots, or end the programs that hold these ports.',
  });
}

/** What programs say of a port that another process has taken meanwhile. */
const TAKEN = /EADDRINUSE|address already in use|could not bind/i;

/** How often another port is tried: every one may be taken by another program between the look at it and its use. */
const ATTEMPTS_MAX = 8;

/** Whether a message says that a port is taken. */
export function saysTaken(message: string): boolean {
  return TAKEN.test(message);
}

/** Does `work` with a free port, and with another one where that was taken meanwhile. */
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

/** Fails when something listens on `port` of 127.0.0.1; `purpose` says what the port was wanted for. */
export async function assertPortFree(port: number, purpose: string): Promise<void> {
  const error = await new Promise<NodeJS.ErrnoException | undefined>((done) => {
    const server = createServer();
    server.once('error', done);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => done(undefined)));
  });
  if (error === undefined) return;
  const problem = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used: ${error.message}`;
  throw new InfrastructureError(`port ${port} (${purpose}) ${problem}`, {
    hint: `End the program that holds port ${port}, or configure another port.`,
    cause: error,
  });
}

/** Each port of the range once, in an order of chance: two rigs on one machine seldom try the same one at the same time. */
function* inRandomOrder(): Generator<number, void> {
  const ports = [...portNumbers(FIRST_PORT, LAST_PORT)];
  while (ports.length > 0) {
    const [chosen] = ports.splice(Math.floor(Math.random() * ports.length), 1);
    if (chosen !== undefined) yield chosen;
  }
}
