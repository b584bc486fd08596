// Removes the containers with a label, by the HTTP API of the engine: the guard has no library for it, and the rig, which has one, is dead.
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** Where an engine accepts connections without encryption. */
export type EngineAddress = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/** The containers of one run: all that have `label`, written as `name=value`. */
export interface LabelledContainers {
  readonly engine: EngineAddress;
  readonly label: string;
}

const ANSWER_MS_MAX = 10_000;
/** How long to wait before the next listing: the engine can still be making a container that the rig requested just before it died. */
const LATECOMER_MS = 300;
const ROUNDS_MAX = 5;

const listSchema = z.array(z.object({ Id: z.string() }));

/** Removes them with their volumes, running or not. Returns a sentence when some are or can be left, else undefined. */
export async function removeContainers(containers: LabelledContainers): Promise<string | undefined> {
  const { engine, label } = containers;
  try {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const ids = await list(containers);
      if (round > 0 && ids.length === 0) return undefined;
      await Promise.all(ids.map((id) => ask(engine, 'DELETE', `/containers/${id}?force=true&v=true`)));
      await sleep(LATECOMER_MS);
    }
    return `containers with the label ${label} are still there`;
  } catch (error) {
    return `containers with the label ${label} may be there: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function list({ engine, label }: LabelledContainers): Promise<string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const text = await ask(engine, 'GET', `/containers/json?all=true&filters=${filters}`);
  return listSchema.parse(JSON.parse(text)).map(({ Id: id }) => id);
}

/** Resolves with the body of the answer. A container that is gone (404) or being removed (409) already counts as removed. */
function ask(engine: EngineAddress, method: 'GET' | 'DELETE', path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request({ ...engine, method, path, timeout: ANSWER_MS_MAX }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const { statusCode = 0 } = response;
        const isDone = statusCode < 300 || (method === 'DELETE' && [404, 409].includes(statusCode));
        if (isDone) resolve(Buffer.concat(chunks).toString());
        else reject(new Error(`the engine answered ${method} ${path} with ${statusCode}`));
      });
    });
    asking.once('timeout', () => asking.destroy(new Error('the engine does not answer')));
    asking.once('error', reject);
    asking.end();
  });
}
