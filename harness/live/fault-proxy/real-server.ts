// The real Toxiproxy server, if it is installed. Tests and benchmarks compare the embedded fault proxy with it.
import { access, constants } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { InfrastructureError } from '../../platform/errors.ts';
import { freePort } from '../process/ports.ts';
import type { FaultProxy } from './server.ts';

const VARIABLE = 'ONESEND_TOXIPROXY_SERVER';
const START_MS_MAX = 10_000;
const ASK_EVERY_MS = 20;

/** The binary of the real server, or why there is none. */
export type RealServer =
  { readonly binary: string; readonly missing?: never } | { readonly missing: string; readonly binary?: never };

/** Looks for the binary that ONESEND_TOXIPROXY_SERVER names. */
export async function findRealServer(): Promise<RealServer> {
  const binary = process.env[VARIABLE] ?? '';
  if (binary === '') return { missing: `${VARIABLE} names no server: set it to what .ci/toxiproxy/install prints` };
  try {
    await access(binary, constants.X_OK);
    return { binary };
  } catch {
    return { missing: `${VARIABLE} names ${binary}, which cannot be executed` };
  }
}

/** Starts the real server on a free port of the loopback, as a child process that ends with this one. */
export async function startRealServer(binary: string, { metrics = false } = {}): Promise<FaultProxy> {
  // Not an ephemeral port: the kernel could give that to another listener meanwhile.
  const port = await freePort();
  const flags = ['-host', '127.0.0.1', '-port', String(port), ...(metrics ? ['-proxy-metrics'] : [])];
  const server = execa(binary, flags, { stdio: 'ignore', reject: false, env: { LOG_LEVEL: 'fatal' } });
  const url = `http://127.0.0.1:${String(port)}`;
  const close = async () => {
    server.kill('SIGKILL');
    await server;
  };
  if (await answersWithin(START_MS_MAX, `${url}/version`)) return { url, port, close };
  await close();
  throw new InfrastructureError(`${binary} did not answer on port ${String(port)}`, {
    hint: 'Start it by hand to see why.',
  });
}

async function answersWithin(ms: number, url: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < ms; waitedMs += ASK_EVERY_MS) {
    try {
      await (await fetch(url)).text();
      return true;
    } catch {
      await sleep(ASK_EVERY_MS);
    }
  }
  return false;
}
