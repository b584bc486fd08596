// A digest of the whole histories of a swarm, to hold runs of different machines, drains and versions of Node against each other.
import { createHash } from 'node:crypto';
import type { SimLane } from '../lane.ts';
import { swarmCases } from './swarm.ts';

/** The digest of `count` random runs. Equal ones mean that every history was the same to the byte. */
export async function swarmDigest(lane: SimLane, swarm: { seed: number; count: number }): Promise<string> {
  const requests = swarmCases(swarm);
  const digest = createHash('sha256');
  await lane.explore(
    () => requests.next().value ?? undefined,
    (run) => digest.update(JSON.stringify([run.history, run.deviations])),
  );
  return digest.digest('hex');
}
