// The result of a lane comparison as text: the counts, and every scenario that was not the same with all its data.
import { isCompared, type Pair } from './compare-lanes.ts';

/** The counts on one line, then the scenarios that were not the same. */
export function formatComparison(pairs: readonly Pair[], seed: number): string[] {
  const compared = pairs.filter(isCompared);
  const violating = compared.filter(({ sim }) => sim.verdict.startsWith('violation'));
  const bites = compared.reduce((sum, { sim }) => sum + sim.bites.length, 0);
  const repeated = pairs.filter(({ repeats }) => repeats > 0);
  const counts = [
    `${compared.length} scenarios compared`,
    `${violating.length} of them violations`,
    `${bites} faults bit`,
    `${pairs.length - compared.length} not compared`,
    `${repeated.length} run again`,
  ];
  const others = pairs.filter(({ agreement }) => agreement !== 'same');
  return [`${pairs[0]?.system ?? 'nothing'}: ${counts.join(', ')}`, ...others.map((pair) => formatPair(pair, seed))];
}

/** One scenario with both verdicts and the command that runs it again. */
export function formatPair({ system, scenario, sim, live, agreement, repeats }: Pair, seed: number): string {
  const index = /^draw (\d+) /.exec(scenario.name)?.[1] ?? '0';
  const variables = `ONESEND_LANE_SEED=${seed} ONESEND_LANE_FROM=${index} ONESEND_LANE_SCENARIOS=1`;
  return [
    `${system}, ${scenario.name}: ${agreement}`,
    `  sim:  ${sim.verdict}; bit: ${listed(sim.bites)}`,
    `  live: ${live.verdict}; bit: ${listed(live.bites)}; run again ${repeats} times, all cores taken for ${live.strainedMs.toFixed(0)} ms`,
    `  ${JSON.stringify(scenario)}`,
    `  ${variables} npx vitest run --project alone scenarios/conformance/lanes`,
  ].join('\n');
}

function listed(bites: readonly string[]): string {
  return bites.length === 0 ? 'nothing' : bites.join(', ');
}
