// One certification out of those of the two lanes: each lane's evidence stands for itself, and the worse verdict counts.
import type { ExplorationResult } from '../formats/result.ts';
import { joinDecisions } from '../formats/verdict.ts';
import type { Certification } from './certify.ts';

/** Joins what the sim lane and the live lane came to. Scenarios, properties and faults at the top are those of the live lane. */
export function joinLanes(sim: Certification, live: Certification): Certification {
  const decision = joinDecisions([
    { lane: 'sim', decision: sim.decision },
    { lane: 'live', decision: live.decision },
  ]);
  const { exploration } = sim.result;
  return {
    result: {
      ...live.result,
      verdict: decision.verdict,
      reasons: [...decision.reasons],
      lane: 'both',
      infrastructure: { ...prefixed(sim.result.infrastructure), ...live.result.infrastructure },
      startedAt: sim.result.startedAt,
      durationMs: sim.result.durationMs + live.result.durationMs,
      ...(exploration === undefined ? {} : { exploration }),
      counterexamples: [...sim.result.counterexamples, ...live.result.counterexamples],
    },
    decision,
    counterexamples: [...sim.counterexamples, ...live.counterexamples],
  };
}

/** The same certification of the live lane, saying that and why the sim lane has nothing to say. */
export function withoutSim(live: Certification, notAvailable: string): Certification {
  return { ...live, result: { ...live.result, lane: 'both', exploration: noExploration(notAvailable) } };
}

function noExploration(notAvailable: string): ExplorationResult {
  return {
    notAvailable,
    verdict: 'inconclusive',
    scenarios: { planned: 0, completed: 0, random: 0, retried: 0, discarded: 0 },
    rungs: [],
    swarm: { planned: 0, run: 0 },
    properties: [],
    goals: [],
    compared: 0,
    digest: '',
    durationMs: 0,
  };
}

function prefixed(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [`sim ${name}`, value]));
}
