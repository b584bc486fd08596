// The same seed gives byte-identical histories: with each way of draining, in this process and in another that runs compiled code, with one
// worker and with two. `.ci/same-on-each-node` compares other versions of Node.
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { compiledModule } from '../../harness/platform/compiled-module.ts';
import { swarmDigest } from '../../harness/sim/explore/swarm-digest.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import { system as reference } from '../../src/reference.ts';
import { system as asWritten } from '../as-written/system.ts';

const PROGRAM = compiledModule(import.meta.url, './print-digests.ts');
const COUNT = 60;
/** The seed that the program uses. */
const SEED = 20_251_126;

const systems = [
  [reference, compiledModule(reference.module, reference.module)],
  [asWritten, compiledModule(asWritten.module, asWritten.module)],
] as const;

test.each(systems)('$name has the same histories with every drain and number of workers', async (system, module) => {
  const [fastest, bounce] = [await openSimLane(system), await openSimLane(system, { drain: 'bounce' })];
  expect(fastest.drain).not.toBe(bounce.drain);
  const digest = await swarmDigest(fastest, { seed: SEED, count: COUNT });
  expect(await swarmDigest(bounce, { seed: SEED, count: COUNT })).toBe(digest);
  expect(await swarmDigest(fastest, { seed: SEED + 1, count: COUNT })).not.toBe(digest);

  const { stdout } = await execa(process.execPath, [PROGRAM, String(COUNT), module]);
  const digests = (about: string): string[] =>
    stdout.split('\n').flatMap((line) => (line.includes(about) ? [line.split(': ').at(-1) ?? ''] : []));
  expect(digests('histories')).toEqual([digest, digest]);
  const explorations = digests('exploration');
  expect(explorations).toHaveLength(4);
  expect(new Set(explorations).size).toBe(1);
});
