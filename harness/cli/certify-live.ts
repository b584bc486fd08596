// Certifies a system on the live lane: runs its planned scenarios, and then the wire mutants, to show that the rig would see a broken pair.
import type { LoadedSystem } from '../adapters/load-system.ts';
import { checkersOracle } from '../evidence/checkers-oracle.ts';
import { decide, liveDemands } from '../evidence/decide.ts';
import { addProblem } from '../evidence/fold.ts';
import { demandPlayable } from '../execution/refusal.ts';
import { type Acceptances, isAccepted } from '../formats/baseline.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import type { PropertyId } from '../formats/finding.ts';
import type { SabotageRow } from '../formats/sabotage.ts';
import { type PlannedScenario, planScenarios } from '../generators/plan.ts';
import type { LiveLane } from '../live/lane.ts';
import { describedRefusal } from '../live/refusal.ts';
import { WIRE_MUTANTS } from '../live/sabotage/all-wire-mutants.ts';
import { certify, type CertifiedLane } from '../runner/certify.ts';
import { plannedRunner, plannedSpace } from '../runner/planned-search.ts';
import type { LaneCertification } from '../runner/result-of.ts';
import type { CommandContext } from './command.ts';
import type { CommonFlags } from './flags.ts';
import { laneReports } from './lane-reports.ts';
import { withLiveLane } from './open-lane.ts';
import type { RunEvents } from './run-events.ts';
import { sabotageRows } from './sabotage-rows.ts';

/** What the live lane needs to certify a system. */
interface LiveRequest {
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

/** The outcome of the live lane; `sabotage` is undefined if the wire mutants did not run to their end. */
export interface LiveCertification extends LaneCertification {
  readonly sabotage: SabotageRow[] | undefined;
}

/** Enough scenarios for every kind of fault in every mode; they take less than a minute on two cores. */
const DEFAULT_RUNS = 240;

/** Certifies a system on the live lane. */
export function certifyLive(system: LoadedSystem, request: LiveRequest): Promise<LiveCertification> {
  const { flags, context } = request;
  const { description } = system;
  const plan = planScenarios({
    seed: flags.seed,
    count: flags.runs ?? DEFAULT_RUNS,
    admits: (scenario) => describedRefusal(description, { scenario, deviations: [] }) === undefined,
  });
  return withLiveLane({ system, flags, runs: plan.length, context }, async (lane) => {
    const startedMs = performance.now();
    const { end, ...certification } = await certifyPlan(system, { ...request, plan, lane });
    const elapsedMs = performance.now() - startedMs;
    const isWanted = isSabotageWanted(system, { flags, end, elapsedMs });
    if (!isWanted || context.signal.aborted) return { ...certification, sabotage: undefined };
    const rows = await sabotageRows({ lane, description, mutants: WIRE_MUTANTS, context });
    return rows.length === WIRE_MUTANTS.length
      ? { ...certification, sabotage: rows }
      : interrupted(certification, request.baseline);
  });
}

/** The plan of a certification, and the open lane that runs it. */
interface PlannedRequest extends LiveRequest {
  readonly plan: readonly PlannedScenario[];
  readonly lane: LiveLane;
}

function certifyPlan(
  system: LoadedSystem,
  { flags, context, required, baseline, corpus, events, plan, lane }: PlannedRequest,
): Promise<CertifiedLane> {
  const { name } = system.description;
  demandPlayable(
    lane,
    plan.map(({ scenario }) => ({ scenario, deviations: [] })),
  );
  const running = { executor: lane, oracle: checkersOracle, signal: context.signal };
  const demands = { ...liveDemands(plan.length), required: [...required] };
  return certify({
    ...running,
    space: plannedSpace(plan, { oracle: checkersOracle, demands }),
    runner: plannedRunner({
      ...running,
      isReplayed: (fingerprints) =>
        flags.stopAtFirst === true && !fingerprints.every((each) => isAccepted(each, baseline)),
    }),
    demands,
    system: name,
    maxTimeMs: flags.maxTime,
    shrinkTimeMs: flags.shrinkTime,
    stopsAtFirst: flags.stopAtFirst,
    baseline,
    corpus: corpus.filter((each) => each.lane === 'live'),
    ...laneReports({ lane: 'live', system: name, flags, context, events }),
  });
}

/** How the search ended, and after which time. */
interface EndOfSearch {
  readonly flags: Pick<CommonFlags, 'sabotage' | 'maxTime'>;
  readonly end: CertifiedLane['end'];
  readonly elapsedMs: number;
}

/** Whether to run the wire mutants: by default only for a described pair, and never after a search that was stopped early. */
export function isSabotageWanted(
  { assembly }: Pick<LoadedSystem, 'assembly'>,
  { flags: { sabotage = 'auto', maxTime }, end, elapsedMs }: EndOfSearch,
): boolean {
  if (sabotage === 'never' || (sabotage === 'auto' && assembly !== undefined)) return false;
  return end !== 'violation' && elapsedMs < (maxTime ?? Number.POSITIVE_INFINITY);
}

/** Keeps what the search found, but decides again: the certification as a whole was interrupted. */
function interrupted(
  { lane, counterexamples }: LaneCertification,
  baseline: Acceptances | undefined,
): LiveCertification {
  addProblem(lane.evidence, 'interrupted', 'while the pair was made to look broken');
  const decision = decide(lane.evidence, lane.demands, baseline);
  return { lane: { ...lane, decision }, counterexamples, sabotage: undefined };
}
