// A program: prints digests of what simulated runs of each system come to, on each way of draining, with one and two workers. Run by
// different versions of Node it must print the same. Arguments: the number of runs, then compiled modules that export a system.
import { canonicalJson, sha256 } from '../../platform/canonical-json.ts';
import { explore } from './explore.ts';
import { openSimOf } from './open-sim.ts';
import { swarmDigest } from './swarm-digest.ts';
import { openThreads } from './thread-pool.ts';

const SEED = 20_251_126;
const RUNGS = [
  { messages: 1, deviations: 0 },
  { messages: 1, deviations: 1 },
];

const [count = '500', ...modules] = process.argv.slice(2);
const histories = Number(count);
/** Explorations also judge, four times over. */
const swarm = Math.ceil(histories / 5);
for (const module of modules) {
  for (const drain of ['fastest', 'bounce'] as const) {
    const sim = drain === 'fastest' ? {} : { drain };
    const lane = await openSimOf(module, sim);
    const digest = await swarmDigest(lane, { seed: SEED, count: histories });
    process.stderr.write(`${lane.system}: the ${drain} drain is ${lane.drain}\n`);
    process.stdout.write(`${lane.system}: ${histories} histories, ${drain} drain: ${digest}\n`);
    for (const workers of [1, 2]) {
      const crew = openThreads({ module, workers, sim });
      const found = await explore({ crew, seed: SEED, rungs: RUNGS, swarm });
      await crew.close();
      const summary = sha256(canonicalJson(found));
      process.stdout.write(`${lane.system}: exploration, ${drain} drain, ${workers} workers: ${summary}\n`);
    }
  }
}
