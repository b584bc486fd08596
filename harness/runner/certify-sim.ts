// Certifies on the sim lane: explores, shrinks what violates, and decides by the one rule for verdicts.
import { canonicalJson, sha256 } from '../platform/canonical-json.ts';
import type { Counterexample, ExplorationResult, Result } from '../formats/result.ts';
import { decideVerdict, type Decision, type Evidence } from '../formats/verdict.ts';
import { decodeReplay } from '../sim/replay-token.ts';
import { type Certification, type CertifyOptions, counterexampleSummary } from './certify.ts';
import type { Oracle } from '../evidence/oracle.ts';
import { recheck } from './replay.ts';
import type { Crew } from '../sim/explore/worker-pool.ts';
import { type Exploration, explore, type ExploreOptions } from '../sim/explore/explore.ts';
import { replayRun } from '../sim/explore/replay-run.ts';
import { shrinkRun } from '../sim/explore/shrink-run.ts';
import { cellsOf, choiceEvidence, goalEvidence, propertyEvidence } from '../sim/explore/sim-tally.ts';
import type { Violation } from '../sim/explore/task.ts';

/** What a certification on the sim lane needs. */
export interface CertifySimOptions
  extends
    Pick<CertifyOptions, 'system' | 'readings' | 'timings' | 'infrastructure' | 'versions'>,
    Omit<ExploreOptions, 'crew'> {
  readonly crew: Crew;
  readonly oracle: Oracle;
  /** Told what is shrunk next: a property, or the kind of an anomaly. A livelock takes seconds for each run that hangs. */
  readonly onShrinking?: ((broken: string) => void) | undefined;
}

/** Runs a certification on the sim lane. */
export async function certifySim(options: CertifySimOptions): Promise<Certification> {
  const startedAt = new Date();
  const startedMs = performance.now();
  const found = await explore(options);
  const { counterexamples, vanished } = await counterexamplesOf(found.violations, options);
  const evidence = evidenceOf(found, {
    counterexamples,
    unconfirmed: [...vanished, ...(await unconfirmedOf(counterexamples, options))],
  });
  const decision = decideVerdict(evidence);
  const durationMs = Math.round(performance.now() - startedMs);
  const exploration = explorationOf(found, { evidence, decision, durationMs });
  const result: Result = {
    format: 'onesend.result/1',
    verdict: decision.verdict,
    reasons: [...decision.reasons],
    system: { name: options.system.name, sha256: options.system.sha256 },
    lane: 'sim',
    infrastructure: { ...options.infrastructure, workers: String(options.crew.size) },
    versions: { ...options.versions },
    seed: options.seed,
    startedAt: startedAt.toISOString(),
    durationMs,
    scenarios: exploration.scenarios,
    timings: { ...options.timings },
    readings: { ...options.readings },
    properties: [...evidence.properties],
    faults: [...evidence.faults],
    cells: cellsOf(found.tally),
    exploration,
    counterexamples: counterexamples.map(counterexampleSummary),
  };
  return { result, decision, counterexamples };
}

/** More would be alike. */
const MOST_COUNTEREXAMPLES = 4;

/** What the violating runs come to when they are made again and shrunk. */
interface Saved {
  readonly counterexamples: readonly Counterexample[];
  /** Violations that did not come up again, one sentence each. */
  readonly vanished: readonly string[];
}

async function counterexamplesOf(violations: readonly Violation[], options: CertifySimOptions): Promise<Saved> {
  const counterexamples = new Map<string, Counterexample>();
  const vanished: string[] = [];
  for (const violation of violations.slice(0, MOST_COUNTEREXAMPLES)) {
    const counterexample = await counterexampleOf(violation, options);
    if (typeof counterexample === 'string') vanished.push(counterexample);
    else if (!counterexamples.has(counterexample.id)) counterexamples.set(counterexample.id, counterexample);
  }
  return { counterexamples: [...counterexamples.values()], vanished };
}

/** The shrunk run as a document, or a sentence where there is nothing to save. */
async function counterexampleOf(
  violation: Violation,
  { crew, oracle, system, signal, onShrinking }: CertifySimOptions,
): Promise<Counterexample | string> {
  const [property] = violation.properties;
  const broken = violation.anomaly?.kind ?? String(property);
  onShrinking?.(broken);
  const { run, ...shrinking } = await shrinkRun({ make: crew.make, oracle, recipe: violation, broken, signal });
  const { history, scenario, deviations } = run;
  const token = run.token();
  const anomaly = run.anomalies.find(({ kind }) => kind === broken);
  const findings = oracle.judge(history).flatMap((judged) => judged.findings);
  if (anomaly === undefined && findings.length === 0) return `${broken} did not come up again: ${token}`;
  return {
    format: 'onesend.counterexample/1',
    id: `${broken}-${sha256(canonicalJson([scenario, deviations])).slice(0, 8)}`,
    system: system.name,
    lane: 'sim',
    scenario,
    findings,
    ...(anomaly === undefined ? {} : { anomaly: { kind: anomaly.kind, message: anomaly.message } }),
    history,
    replay: { token, deviations: deviations.length },
    shrinking: { ...shrinking, original: violation.scenario },
  };
}

/** Why those counterexamples do not count that do not show again what they were kept for, one sentence each. */
async function unconfirmedOf(
  counterexamples: readonly Counterexample[],
  { crew, oracle }: CertifySimOptions,
): Promise<string[]> {
  const reasons: string[] = [];
  for (const stored of counterexamples) {
    if (stored.anomaly === undefined || stored.replay === undefined) {
      const check = recheck(stored, oracle);
      if (!check.confirmed) reasons.push(check.reason);
      continue;
    }
    // A history does not show why nothing happened any more, so the run itself has to come to it again.
    const recipe = decodeReplay(stored.replay.token);
    const { outcome, message } = await replayRun({ make: crew.make, oracle, recipe, expected: stored.anomaly.kind });
    if (outcome !== 'FAILED') reasons.push(`${stored.id} did not come up again: ${message}`);
  }
  return reasons;
}

function evidenceOf(
  found: Exploration,
  { counterexamples, unconfirmed }: { counterexamples: readonly Counterexample[]; unconfirmed: readonly string[] },
): Evidence & { properties: ReturnType<typeof propertyEvidence>; goals: ReturnType<typeof goalEvidence> } {
  const isCut = found.end === 'time' || found.end === 'runs';
  return {
    scenarios: found.tally.runs,
    properties: propertyEvidence(found.tally),
    faults: choiceEvidence(found.tally),
    goals: goalEvidence(found.tally),
    // Troubles count by themselves, and one that is not confirmed fails the self-check, whatever else was found.
    confirmedViolations: counterexamples.filter(({ anomaly }) => anomaly === undefined).length,
    unconfirmedViolations: unconfirmed.length,
    infrastructure: [],
    observerTrouble: [],
    doubts: [...found.doubts, ...(isCut ? cutSentences(found) : [])],
    anomalies: found.anomalies,
    selfCheck: [...found.selfCheck, ...new Set(unconfirmed)],
    timedOut: false,
    interrupted: found.end === 'interrupted',
  };
}

/** Which parts of the plan a bound left out. */
function cutSentences({ rungs, swarm, end }: Exploration): string[] {
  const bound = end === 'time' ? 'its time' : 'the number of runs it may take';
  const open = rungs.filter(({ planned, run }) => planned === null || run < planned);
  const missing = [
    ...open.map(({ messages, deviations, planned, run }) =>
      planned === null
        ? `no placement of ${deviations} deviations in runs of ${messages} messages`
        : `${run} of ${planned} placements of ${deviations} deviations in runs of ${messages} messages`,
    ),
    ...(swarm.run < swarm.planned ? [`${swarm.run} of ${swarm.planned} random runs`] : []),
  ];
  return missing.map((part) => `the exploration ran out of ${bound}: it made ${part}`);
}

function explorationOf(
  found: Exploration,
  about: { evidence: ReturnType<typeof evidenceOf>; decision: Decision; durationMs: number },
): ExplorationResult {
  const { rungs, swarm, compared, digest, tally } = found;
  const planned = rungs.reduce((sum, rung) => sum + (rung.planned ?? 0), swarm.planned);
  return {
    verdict: about.decision.verdict,
    scenarios: { planned, completed: tally.runs, random: swarm.run, retried: 0, discarded: 0 },
    rungs: rungs.map((rung) => ({ ...rung })),
    swarm: { ...swarm },
    properties: about.evidence.properties,
    goals: about.evidence.goals,
    compared,
    digest,
    durationMs: about.durationMs,
  };
}
