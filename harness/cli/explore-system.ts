// Certifies an assembly on the sim lane with one worker thread per core.
import { availableParallelism } from 'node:os';
import type { System } from '../../src/contract/system.ts';
import type { Certification, CertifyOptions } from '../runner/certify.ts';
import { checkersOracle } from '../evidence/checkers-oracle.ts';
import { certifySim } from '../runner/certify-sim.ts';
import { openThreadsFor } from '../sim/explore/thread-pool.ts';
import { describeSimLane } from '../sim/lane.ts';
import type { CommandContext } from './command.ts';
import type { CommonFlags } from './flags.ts';
import { PROFILES } from './profiles.ts';

/** What an exploration is asked for with. */
export interface ExploreRequest {
  readonly flags: CommonFlags;
  readonly context: CommandContext;
  readonly options: Pick<
    CertifyOptions,
    'system' | 'seed' | 'maxTimeMs' | 'readings' | 'timings' | 'versions' | 'signal'
  >;
}

/** Explores as far as the profile goes. */
export async function exploreSystem(
  system: System,
  { flags, context, options }: ExploreRequest,
): Promise<Certification> {
  const profile = PROFILES[flags.profile ?? 'default'];
  if (profile === undefined) throw new TypeError(`unknown profile ${String(flags.profile)}`);
  const crew = openThreadsFor(system, availableParallelism());
  const startedMs = performance.now();
  // With both lanes the number means live scenarios.
  const runs = flags.lane === 'sim' ? flags.runs : undefined;
  // Whoever says how much is to be done does not mean to be cut short.
  const patienceMs = runs === undefined ? profile.maxTimeMs : undefined;
  try {
    return await certifySim({
      ...options,
      crew,
      oracle: checkersOracle,
      rungs: profile.rungs,
      swarm: runs ?? profile.swarm,
      maxTimeMs: options.maxTimeMs ?? patienceMs,
      infrastructure: await describeSimLane(),
      onProgress({ done, planned, violations }) {
        const seconds = Math.round((performance.now() - startedMs) / 1_000);
        context.screen.status(`sim: ${done} of ${planned} placements, ${violations} violating, ${seconds} s`);
      },
      onShrinking: (broken) => context.screen.status(`sim: shrinking a run with ${broken}`),
    });
  } finally {
    await crew.close();
    context.screen.clearStatus();
  }
}
