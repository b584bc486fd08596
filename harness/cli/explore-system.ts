// Certifies a system on the sim lane, with one worker thread per core.
import type { System } from '../../src/contract/system.ts';
import { checkersOracle } from '../evidence/checkers-oracle.ts';
import { simDemands } from '../evidence/decide.ts';
import type { Acceptances } from '../formats/baseline.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import type { PropertyId } from '../formats/finding.ts';
import { availableCores } from '../platform/machine-limits.ts';
import { certify } from '../runner/certify.ts';
import type { LaneCertification } from '../runner/result-of.ts';
import { explorationSpace } from '../sim/explore/exploration.ts';
import { openWorkerPool } from '../sim/explore/thread-pool.ts';
import type { CommandContext } from './command.ts';
import type { CommonFlags } from './flags.ts';
import { laneReports } from './lane-reports.ts';
import { PROFILES } from './profiles.ts';
import type { RunEvents } from './run-events.ts';

/** What an exploration needs besides the system. */
export interface ExploreRequest {
  readonly flags: CommonFlags & { readonly seed: number };
  readonly context: CommandContext;
  /** Properties that must be judged. */
  readonly required: readonly PropertyId[];
  /** The violations that are accepted. */
  readonly baseline?: Acceptances | undefined;
  /** The stored counterexamples of the system, which are replayed first. */
  readonly corpus: readonly Counterexample[];
  readonly events: RunEvents;
}

/** Explores what the profile of the flags lists. */
export async function exploreSystem(system: System, request: ExploreRequest): Promise<LaneCertification> {
  const { flags, context, required, baseline, corpus } = request;
  const profile = PROFILES[flags.profile ?? 'default'];
  const pool = await openWorkerPool(system, { workers: availableCores() });
  // With both lanes, --runs is the number of live scenarios.
  const runs = flags.lane === 'sim' ? flags.runs : undefined;
  // The time limit of the profile does not apply to a number of runs that the user gave.
  const defaultTimeMs = runs === undefined ? profile.maxTimeMs : undefined;
  try {
    return await certify({
      space: explorationSpace({ seed: flags.seed, depths: profile.depths, swarm: runs ?? profile.swarm }),
      runner: pool,
      executor: pool.asExecutor(),
      oracle: checkersOracle,
      demands: { ...simDemands({ ...system.readings }), required: [...required] },
      system: system.name,
      maxTimeMs: flags.maxTime ?? defaultTimeMs,
      shrinkTimeMs: flags.shrinkTime,
      stopsAtFirst: flags.stopAtFirst,
      baseline,
      corpus: corpus.filter((each) => each.lane === 'sim'),
      signal: context.signal,
      ...laneReports({ ...request, lane: 'sim', system: system.name }),
    });
  } finally {
    await pool.close();
    context.screen.clearStatus();
  }
}
