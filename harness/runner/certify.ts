// The main job: plan, search, shrink, re-check, and one verdict over all evidence. Lane-agnostic; knows no system by name.
import type { Lane } from '../execution/executor.ts';
import { PROPERTY_IDS, type PropertyId } from '../formats/finding.ts';
import type { Counterexample, Result } from '../formats/result.ts';
import { decideVerdict, type Decision, type Evidence } from '../formats/verdict.ts';
import { planScenarios, type PlannedScenario } from '../generators/plan.ts';
import { canonicalJson, sha256 } from '../platform/canonical-json.ts';
import type { JudgedRun } from './judged-run.ts';
import type { Oracle } from '../evidence/oracle.ts';
import { recheck } from './replay.ts';
import { scenarioSize } from './scenario-size.ts';
import { search, type Progress, type SearchResult } from './search.ts';
import { shrink } from './shrink.ts';

/** What is certified: the name of the pair of systems, the hash of its description, and the hashes of the files of its code. */
export interface CertifiedSystem {
  readonly name: string;
  readonly sha256: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What a certification needs. */
export interface CertifyOptions {
  readonly lane: Lane;
  readonly oracle: Oracle;
  readonly system: CertifiedSystem;
  readonly seed: number;
  /** How many scenarios are planned. */
  readonly runs: number;
  /** The plan, when it is not to be made from seed and runs: a corpus, or a shard. */
  readonly plan?: readonly PlannedScenario[] | undefined;
  /** How long the search may take. */
  readonly maxTimeMs?: number | undefined;
  /** How long shrinking may take; 0 keeps the first counterexample as it was found. */
  readonly shrinkTimeMs?: number | undefined;
  /** The search stops early once so many scenarios have violated; Infinity hunts to the end of the plan. */
  readonly enoughViolations?: number | undefined;
  readonly readings: Readonly<Record<string, string>>;
  readonly timings: Readonly<Record<string, number>>;
  readonly infrastructure: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What a certification leaves behind. */
export interface Certification {
  readonly result: Result;
  readonly decision: Decision;
  /** The first is the smallest; its file is named in the result. */
  readonly counterexamples: readonly Counterexample[];
}

/** Runs a certification to its end, its time limit or its signal. What was found until then is always kept and reported. */
export async function certify(options: CertifyOptions): Promise<Certification> {
  const startedAt = new Date();
  const startedMs = performance.now();
  const plan = options.plan ?? planScenarios({ seed: options.seed, count: options.runs });
  const found = await search({ ...options, plan });
  const counterexamples = await counterexamplesOf(options, found, startedMs);
  const evidence = evidenceOf(options, found, counterexamples);
  const decision = decideVerdict(evidence);
  const result: Result = {
    format: 'onesend.result/1',
    verdict: decision.verdict,
    reasons: [...decision.reasons],
    system: { name: options.system.name, sha256: options.system.sha256 },
    lane: options.lane.name,
    infrastructure: { ...options.infrastructure, ...options.lane.describe() },
    versions: { ...options.versions },
    seed: options.seed,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - startedMs),
    scenarios: found.tally.scenarios(),
    timings: { ...options.timings },
    readings: { ...options.readings },
    properties: [...evidence.properties],
    faults: [...evidence.faults],
    cells: found.tally.cells(),
    counterexamples: counterexamples.map(counterexampleSummary),
  };
  return { result, decision, counterexamples };
}

/** Where a counterexample is saved, relative to the output folder. */
export function counterexampleFile(id: string): string {
  return `counterexamples/${id}.json`;
}

/** One counterexample for each property that a run violates first; the most promising is shrunk, the others are kept as they are. */
async function counterexamplesOf(
  options: CertifyOptions,
  found: SearchResult,
  startedMs: number,
): Promise<Counterexample[]> {
  const firstOfProperty = new Map<PropertyId | undefined, JudgedRun>();
  for (const run of found.violating) {
    const property = firstProperty(run);
    if (!firstOfProperty.has(property)) firstOfProperty.set(property, run);
  }
  const [chosen, ...others] = firstOfProperty.values();
  if (chosen === undefined) return [];
  const unshrunk = others.map((run) => counterexampleOf(options, run, notShrunk(run)));
  if (options.shrinkTimeMs === 0) return [counterexampleOf(options, chosen, notShrunk(chosen)), ...unshrunk];
  const { run, ...shrinking } = await shrink({
    lane: options.lane,
    oracle: options.oracle,
    signal: options.signal,
    run: chosen,
    maxTimeMs: options.shrinkTimeMs,
    onTried: (tried) =>
      options.onProgress?.({
        phase: 'shrink',
        done: tried,
        planned: tried,
        violations: found.violating.length,
        elapsedMs: performance.now() - startedMs,
      }),
  });
  return [counterexampleOf(options, run, { ...shrinking, original: chosen.history.scenario }), ...unshrunk];
}

function notShrunk(run: JudgedRun): Counterexample['shrinking'] {
  return { tried: 0, kept: 0, stopped: 'not-run', original: run.history.scenario };
}

/** The properties have an order in the reports; the first of them that is violated names a run. */
function firstProperty(run: JudgedRun): PropertyId | undefined {
  const violated = new Set(run.findings.map((finding) => finding.property));
  return PROPERTY_IDS.find((property) => violated.has(property));
}

function counterexampleOf(
  options: CertifyOptions,
  run: JudgedRun,
  shrinking: Counterexample['shrinking'],
): Counterexample {
  const { history, findings } = storedForm(run);
  const hash = sha256(canonicalJson(history.scenario));
  return {
    format: 'onesend.counterexample/1',
    id: `${firstProperty(run) ?? 'none'}-${hash.slice(0, 8)}`,
    system: options.system.name,
    lane: options.lane.name,
    scenario: history.scenario,
    findings,
    history,
    shrinking,
  };
}

function storedForm(run: JudgedRun): Pick<Counterexample, 'history' | 'findings'> {
  return { history: run.history, findings: [...run.findings] };
}

function evidenceOf(
  options: CertifyOptions,
  found: SearchResult,
  counterexamples: readonly Counterexample[],
): Evidence {
  const violating = found.violating.map(storedForm);
  const checks = [...violating, ...counterexamples].map((stored) => recheck(stored, options.oracle));
  const unconfirmed = checks.filter((check) => !check.confirmed);
  const evidence = found.tally.evidence();
  return {
    ...evidence,
    confirmedViolations: checks.length - unconfirmed.length,
    unconfirmedViolations: unconfirmed.length,
    selfCheck: [...evidence.selfCheck, ...new Set(unconfirmed.map((check) => check.reason))],
    timedOut: found.end === 'time',
    interrupted: options.signal?.aborted === true,
  };
}

/** What a result says of a counterexample. A decision that went otherwise counts as a fault. */
export function counterexampleSummary(counterexample: Counterexample): Result['counterexamples'][number] {
  const { messages, faults } = scenarioSize(counterexample.scenario);
  const { id, findings, anomaly, replay } = counterexample;
  return {
    id,
    file: counterexampleFile(id),
    findings,
    ...(anomaly === undefined ? {} : { anomaly }),
    messages,
    faults: faults + (replay?.deviations ?? 0),
    ...(replay === undefined ? {} : { replay: replay.token }),
  };
}
