// A program: prints digests of the histories of simulated runs of each system, with each way of draining, and with one and two workers.
// Different versions of Node must print the same. Arguments: the number of runs, then compiled modules that export a system.
import { pathToFileURL } from 'node:url';
import { canonicalJson, sha256 } from '../../harness/platform/canonical-json.ts';
import { search } from '../../harness/runner/search.ts';
import { explorationSpace } from '../../harness/sim/explore/exploration.ts';
import { swarmDigest } from '../../harness/sim/explore/swarm-digest.ts';
import { openWorkerPool } from '../../harness/sim/explore/thread-pool.ts';
import { openSimLaneOf } from '../../harness/sim/lane.ts';

const SEED = 20_251_126;
const DEPTHS = [
  { messages: 1, deviations: 0 },
  { messages: 1, deviations: 1 },
];

const [count = '500', ...modules] = process.argv.slice(2);
const histories = Number(count);
/** Explorations also judge each run and happen four times, so they get fewer runs. */
const swarm = Math.ceil(histories / 5);
for (const path of modules) {
  for (const drain of ['fastest', 'bounce'] as const) {
    const sim = drain === 'fastest' ? {} : { drain };
    const lane = await openSimLaneOf(path, sim);
    const digest = await swarmDigest(lane, { seed: SEED, count: histories });
    process.stderr.write(`${lane.system}: the ${drain} drain is ${lane.drain}\n`);
    process.stdout.write(`${lane.system}: ${histories} histories, ${drain} drain: ${digest}\n`);
    for (const workers of [1, 2]) {
      const pool = await openWorkerPool({ module: pathToFileURL(path).href }, { workers, sim });
      const found = await search({ space: explorationSpace({ seed: SEED, depths: DEPTHS, swarm }), runner: pool });
      await pool.close();
      const summary = sha256(canonicalJson(found));
      process.stdout.write(`${lane.system}: exploration, ${drain} drain, ${workers} workers: ${summary}\n`);
    }
  }
}
