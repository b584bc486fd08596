// onesend certify: the main job. Searches on the lanes, prints the summary, and writes the results; the verdict decides the exit code.
import { randomInt } from 'node:crypto';
import { annotationLines } from '../../../reports/annotations.ts';
import { renderCertificate } from '../../../reports/certificate.ts';
import { renderJunit } from '../../../reports/junit.ts';
import { renderSarif } from '../../../reports/sarif.ts';
import { renderStepSummary, type SummaryParts } from '../../../reports/step-summary.ts';
import { renderSummary } from '../../../reports/terminal.ts';
import { countOf } from '../../history/counted-words.ts';
import type { LoadedSystem } from '../../adapters/load-system.ts';
import { applyBaseline } from '../../evidence/acceptance.ts';
import { decide, liveDemands, metaOf } from '../../evidence/decide.ts';
import { addProblem, emptyEvidence } from '../../evidence/fold.ts';
import type { Counterexample, Origin } from '../../formats/counterexample.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import type { PropertyId } from '../../formats/finding.ts';
import type { Result } from '../../formats/result.ts';
import { UsageError } from '../../platform/errors.ts';
import { buildCertificate } from '../../runner/certificate.ts';
import { counterexampleFile, type LaneCertification, resultOf } from '../../runner/result-of.ts';
import { messageOf } from '../../platform/thrown.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import { baselineOf, isWhollyAccepted, type ReadBaseline, writeTemplate } from '../baselines.ts';
import { certifyLive, type LiveCertification } from '../certify-live.ts';
import { corpusFolder } from '../corpus-folder.ts';
import { failureOf } from '../error-line.ts';
import { failuresFolder, keepFailures, lastFailed } from '../failures.ts';
import { exploreSystem } from '../explore-system.ts';
import type { CommonFlags } from '../flags.ts';
import { assemblyOf, loadNamed, systemOrConfig } from '../open-lane.ts';
import { showOnGithub } from '../github.ts';
import { handOver } from '../hand-over.ts';
import { originOf } from '../origin.ts';
import { type OutputFolder, withOutputFolder } from '../output-folder.ts';
import { readCorpus } from '../read-corpus.ts';
import { readEachStored, type StoredFile } from '../read-stored.ts';
import { replayFiles } from '../replay-files.ts';
import { hiddenNotes, requiredOf } from '../required.ts';
import { artifactLineOf, replayLine } from '../replay-line.ts';
import { PAGE, pageOf } from '../report-page.ts';
import { EVENTS_FILE, RunEvents } from '../run-events.ts';

/** These take about a week; more could not be planned before the first one runs. */
const LIVE_RUNS_MAX = 1_000_000;
const SEEDS = 2_147_483_647;
/** The kind of problem in the evidence of a lane that failed with an exit code. */
const CODES_OF_TROUBLE: Readonly<Record<number, 'infrastructure' | 'interrupted'>> = {
  [EXIT_CODES.infrastructure]: 'infrastructure',
  [EXIT_CODES.interrupted]: 'interrupted',
};
/** The files and folders that a certification writes. */
const FILES = [
  'results.json',
  'certificate.json',
  'certificate.txt',
  'junit.xml',
  'results.sarif',
  'summary.md',
  EVENTS_FILE,
  'counterexamples',
  PAGE,
] as const;

/** Certifies one system. */
export const certifyCommand: RunCommand<CommonFlags> = async (flags, context) => {
  if (flags.lane !== 'sim' && flags.runs !== undefined && flags.runs > LIVE_RUNS_MAX) {
    throw new UsageError(`--runs ${flags.runs}: expected at most ${LIVE_RUNS_MAX} live scenarios`);
  }
  if (flags.lastFailed === true) return replayLastFailed(flags, context);
  return withOutputFolder({ path: flags.out, names: FILES }, async (folder) => {
    const name = systemOrConfig(flags.system, context);
    const system = await loadNamed(name);
    const required = requiredOf(flags.require, system.description);
    for (const note of hiddenNotes(required, system.description)) context.screen.note(note);
    const seed = flags.seed ?? randomInt(SEEDS);
    const origin = await originOf(name, { seed, startedAt: new Date().toISOString() });
    const { startedAt } = origin;
    const baseline = await baselineOf(flags.baseline, { system: system.description.name, startedAt, context });
    const corpus = await corpusOf(system, { flags, context });
    const events = await beginEvents(folder, { system, origin, seed, flags });
    const request = { flags: { ...flags, seed }, context, required, baseline, corpus, events };
    const certified = await certifySystem(system, request, origin);
    const { verdict, durationMs } = certified.result;
    // Before the summary is printed, because its replay line names a kept counterexample. A failure here is only a warning.
    const kept = await keepFailures(certified.counterexamples, { verdict, baseline, context });
    report(certified, { flags, context });
    const parts = partsOf(certified, flags);
    const replayFrom = artifactLineOf(certified.counterexamples, flags);
    const shown = { summary: () => renderStepSummary(parts), annotations: () => annotationLines(parts), replayFrom };
    await showOnGithub(shown, context);
    const exitCode = await handOver(EXIT_CODES[verdict], context, async () => [
      ...(await writeAll(certified, { folder, system, flags, context })),
      ...kept,
      ...(await writeTemplate(
        flags.writeBaseline,
        {
          system: system.description.name,
          evidence: certified.result.lanes.map(({ evidence }) => evidence),
          counterexamples: certified.counterexamples,
        },
        context.screen,
      )),
      events.path(),
    ]);
    events.append({ kind: 'verdict', verdict, exitCode, durationMs });
    return exitCode;
  });
};

/** The content of the first event of a run. */
interface Beginning {
  readonly system: LoadedSystem;
  readonly origin: Origin;
  readonly seed: number;
  readonly flags: CommonFlags;
}

/** Begins the file of events, and writes its first event. */
async function beginEvents(folder: OutputFolder, { system, origin, seed, flags }: Beginning): Promise<RunEvents> {
  const events = new RunEvents(await folder.begin(EVENTS_FILE));
  const { startedAt, versions } = origin;
  const { description, sha256 } = system;
  const named = { name: description.name, sha256 };
  events.append({ kind: 'started', startedAt, versions, system: named, seed, flags: { ...flags } });
  return events;
}

/**
 * Replays on the lane that is named, else each case on its own lane. What a baseline accepts is left out. This is not a certification, so it
 * writes no results.
 */
async function replayLastFailed({ lane, ...flags }: CommonFlags, context: CommandContext): Promise<number> {
  const failed = await readEachStored(await lastFailed(context.folder));
  const left = await withoutAccepted(failed, flags.baseline, context);
  return replayFiles(left, { ...flags, lane: lane === 'both' ? undefined : lane }, context);
}

/** The stored failures without the counterexamples that the baseline accepts today. */
async function withoutAccepted(
  failed: readonly StoredFile[],
  file: string | undefined,
  context: CommandContext,
): Promise<readonly StoredFile[]> {
  if (file === undefined) return failed;
  const system = failed.flatMap(({ document }) => ('findings' in document ? [document.system] : []))[0] ?? '';
  const baseline = await baselineOf(file, { system, startedAt: new Date().toISOString(), context });
  const left = failed.filter(({ document }) => !('findings' in document && isWhollyAccepted(document, baseline)));
  if (left.length < failed.length)
    context.screen.note(`baseline: ${countOf(failed.length - left.length, 'accepted counterexample')} not replayed`);
  return left;
}

/** The entries of the corpus that belong to the system. */
async function corpusOf(
  { description: { name } }: LoadedSystem,
  { flags, context }: { readonly flags: CommonFlags; readonly context: CommandContext },
): Promise<Counterexample[]> {
  const all = await readCorpus(await corpusFolder(flags.system, context));
  return all.filter(({ system }) => system === name);
}

async function certifySystem(system: LoadedSystem, request: LaneRequest, origin: Origin): Promise<Certified> {
  const { certifications, unavailable, sabotage } = await certifyLanes(system, request);
  const { description, sha256 } = system;
  const { baseline } = request;
  const evidence = certifications.map(({ lane }) => lane.evidence);
  const result = resultOf(certifications, {
    system: { name: description.name, sha256 },
    unavailable,
    versions: origin.versions,
    seed: request.flags.seed,
    startedAt: origin.startedAt,
    timings: { ...description.timings },
    vantages: [...description.vantages],
    readings: { ...description.readings },
    absent: [...description.absent],
    ...(sabotage === undefined ? {} : { sabotage }),
    ...(baseline === undefined ? {} : { baseline: applyBaseline(baseline, { ...baseline, evidence }) }),
  });
  const counterexamples = certifications.flatMap((each) => each.counterexamples);
  return { result, counterexamples: counterexamples.map((each) => ({ ...each, origin })) };
}

/** What both lanes need to certify a system. */
interface LaneRequest {
  readonly flags: CommonFlags & { readonly seed: number };
  readonly context: CommandContext;
  /** Properties that must be judged. */
  readonly required: readonly PropertyId[];
  readonly baseline: ReadBaseline | undefined;
  readonly corpus: readonly Counterexample[];
  readonly events: RunEvents;
}

/** The outcomes of the lanes, in the order in which they ran, and the lanes that cannot run the system. */
interface CertifiedLanes extends Pick<Result, 'unavailable' | 'sabotage'> {
  readonly certifications: readonly LaneCertification[];
}

/** Runs one lane after the other, because a busy core would change timings of the live lane, such as the budget of 500 ms. */
async function certifyLanes(system: LoadedSystem, request: LaneRequest): Promise<CertifiedLanes> {
  const { flags, context } = request;
  const isDescribed = system.assembly === undefined;
  if (flags.lane === 'live' || (flags.lane === 'both' && isDescribed)) {
    const { sabotage, ...live } = await runLive(system, request);
    const unavailable: Result['unavailable'] = flags.lane === 'live' ? [] : [{ lane: 'sim', code: 'no-assembly' }];
    return { certifications: [live], unavailable, ...(sabotage === undefined ? {} : { sabotage }) };
  }
  const sim = await exploreSystem(assemblyOf(system), request);
  const alone = { certifications: [sim], unavailable: [] };
  if (flags.lane === 'sim' || context.signal.aborted) return alone;
  if (sim.lane.decision.verdict === 'violation') {
    context.screen.note('the sim lane found a violation, so the live lane was not run; --lane live runs it alone');
    return alone;
  }
  const { sabotage, ...live } = await runLive(system, request);
  return { certifications: [sim, live], unavailable: [], ...(sabotage === undefined ? {} : { sabotage }) };
}

/** Certifies on the live lane. Where the lane fails, the results say so, and replace those of an earlier run. */
function runLive(system: LoadedSystem, request: LaneRequest): Promise<LiveCertification> {
  return certifyLive(system, request).catch((error: unknown) => liveLaneThatFailed(error, request.context));
}

/** Turns an error of the live lane into a problem in its evidence. */
function liveLaneThatFailed(error: unknown, { screen }: CommandContext): LiveCertification {
  const { text, exitCode } = failureOf(error);
  const code = CODES_OF_TROUBLE[exitCode];
  if (code === undefined) throw error;
  screen.note(text);
  const evidence = emptyEvidence();
  addProblem(evidence, code, messageOf(error));
  const demands = liveDemands(0);
  const decided = { decision: decide(evidence, demands), meta: metaOf(evidence, demands) };
  const lane = { ...decided, demands, evidence, infrastructure: {}, durationMs: 0 };
  return { lane: { lane: 'live', ...lane }, counterexamples: [], sabotage: undefined };
}

/** A result with the counterexamples that it names. */
interface Certified {
  readonly result: Result;
  readonly counterexamples: readonly Counterexample[];
}

/** The content of reports for other machines: their readers do not have `.onesend/failures`, so replay lines do not use its ids. */
function partsOf({ result, counterexamples }: Certified, flags: CommonFlags): SummaryParts {
  return { result, counterexamples, replayLine: (each) => replayLine(each, flags) };
}

/** Where a certification is written, and what its page needs. */
interface WriteOptions {
  readonly folder: OutputFolder;
  readonly system: LoadedSystem;
  readonly flags: CommonFlags;
  readonly context: CommandContext;
}

/** Writes all files, and returns their paths. */
async function writeAll(
  { result, counterexamples }: Certified,
  { folder, system, flags, context }: WriteOptions,
): Promise<string[]> {
  const { description, sha256, files } = system;
  const parts = partsOf({ result, counterexamples }, flags);
  const certificate = buildCertificate(result, { name: description.name, sha256, files });
  await folder.clear();
  const written = [
    await folder.writeDocument('results.json', result),
    await folder.writeDocument('certificate.json', certificate),
    await folder.writeText('certificate.txt', renderCertificate(certificate)),
    await folder.writeText('junit.xml', renderJunit(result)),
    await folder.writeText('results.sarif', renderSarif(parts)),
    await folder.writeText('summary.md', renderStepSummary(parts)),
  ];
  for (const each of counterexamples) written.push(await folder.writeDocument(counterexampleFile(each.id), each));
  const page = await pageOf(flags.out, {
    result,
    counterexamples,
    certificate,
    failures: failuresFolder(context.folder),
    ...(flags.system === undefined ? {} : { system: flags.system }),
  });
  return [...written, await folder.writeText(PAGE, page)];
}

/** Prints the summary before the results are written, so that a full disk does not hide it. */
function report(
  { result, counterexamples }: Certified,
  { flags: { out, system }, context: { screen, folder } }: { flags: CommonFlags; context: CommandContext },
): void {
  const [first] = counterexamples;
  const options = { out, system, failures: failuresFolder(folder) };
  const replay = first === undefined ? {} : { replay: replayLine(first, options) };
  screen.result(result, () => renderSummary(result, first, { ...screen.render, ...replay }));
}
