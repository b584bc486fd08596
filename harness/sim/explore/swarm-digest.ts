// A digest of the complete histories of a swarm, to compare machines, drains and versions of Node.
import { createHash } from 'node:crypto';
import type { SimLane } from '../lane.ts';
import { swarmCases } from './swarm.ts';

/** The digest of `count` random runs, in hexadecimal. Equal digests mean that all histories were the same to the byte. */
export async function swarmDigest(lane: SimLane, swarm: { seed: number; count: number }): Promise<string> {
  const requests = swarmCases(swarm);
  const digest = createHash('sha256');
  await lane.explore(
    () => requests.next().value ?? undefined,
    (run) => digest.update(JSON.stringify([run.history, run.deviations])),
  );
  return digest.digest('hex');
}
