// Removes the containers that bear a label, by the engine's own HTTP API: the guard has no library, and the rig that had one is dead.
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** Where an engine listens without encryption. */
export type EngineAddress = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/** The containers of one run: all that bear `label`, which reads `name=value`. */
export interface LabelledContainers {
  readonly engine: EngineAddress;
  readonly label: string;
}

const ANSWER_MS_MAX = 10_000;
/** The engine may still be making a container that was asked for in the rig's last moment. */
const LATECOMER_MS = 300;
const ROUNDS_MAX = 5;

const listSchema = z.array(z.object({ Id: z.string() }));

/** Removes them with their volumes, running or not. Answers with what is wrong when some are left, in words. */
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

/** Answers with the body. That a container has gone, or is going, already (404, 409) is as good as having removed it. */
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
