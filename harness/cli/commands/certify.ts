// onesend certify: the main job. Searches on the lanes, writes what was found, prints the summary; the verdict is the exit code.
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { renderJunit } from '../../../reports/junit.ts';
import { renderSummary } from '../../../reports/terminal.ts';
import type { LoadedSystem } from '../../adapters/load-system.ts';
import { UsageError } from '../../platform/errors.ts';
import type { Counterexample } from '../../formats/result.ts';
import { buildCertificate } from '../../runner/certificate.ts';
import { certify, type Certification, type CertifyOptions, counterexampleFile } from '../../runner/certify.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { joinLanes, withoutSim } from '../../runner/join-lanes.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import { exploreSystem } from '../explore-system.ts';
import type { CommonFlags } from '../flags.ts';
import { assemblyOf, loadNamed, NO_SIM, withLane } from '../open-lane.ts';
import { type OutputFolder, openOutputFolder } from '../output-folder.ts';
import { pasteLine } from '../paste-line.ts';
import { progressLine } from '../progress-line.ts';
import { versions } from '../versions.ts';

/** Enough for every kind of fault in every mode, and done in less than a minute on two cores. */
const DEFAULT_RUNS = 240;
/** A week of them, and as many as can be planned beforehand. */
const MOST_LIVE_RUNS = 1_000_000;
const SEEDS = 2_147_483_647;

/** Certifies one system. */
export const certifyCommand: RunCommand<CommonFlags> = async (flags, context) => {
  if (flags.lane !== 'sim' && flags.runs !== undefined && flags.runs > MOST_LIVE_RUNS) {
    throw new UsageError(`--runs ${flags.runs}: expected at most ${MOST_LIVE_RUNS} live scenarios`);
  }
  const folder = await openOutputFolder(flags.out);
  const system = await loadNamed(flags.system ?? 'reference');
  const seeded = { ...flags, seed: flags.seed ?? randomInt(SEEDS) };
  const certification = await certifyLanes(system, { flags: seeded, context });
  const files = await writeAll(certification, { folder, system });
  report({ flags, certification, files, context });
  return certification.decision.exitCode;
};

/** What a lane is certified with. */
interface LaneRequest {
  readonly flags: CommonFlags & { readonly seed: number };
  readonly context: CommandContext;
}

/** One lane after the other: a busy core would falsify the 500 ms of the live one. */
async function certifyLanes(system: LoadedSystem, request: LaneRequest): Promise<Certification> {
  switch (request.flags.lane) {
    case 'live':
      return certifyLive(system, request);
    case 'sim':
      return exploreSystem(assemblyOf(system), { ...request, options: certifyOptions(system, request) });
    default: {
      if (system.assembly === undefined) return withoutSim(await certifyLive(system, request), NO_SIM);
      const options = certifyOptions(system, request);
      const sim = await exploreSystem(system.assembly, { ...request, options });
      if (request.context.signal.aborted) return sim;
      if (sim.decision.verdict === 'violation') {
        request.context.screen.note('the sim lane refuses it, so the live lane was not run: --lane live runs it alone');
        return sim;
      }
      return joinLanes(sim, await certifyLive(system, request));
    }
  }
}

function certifyLive(system: LoadedSystem, request: LaneRequest): Promise<Certification> {
  const { context } = request;
  const flags = { ...request.flags, lane: 'live' };
  return withLane({ system, flags, context }, ({ lane }) =>
    certify({
      ...certifyOptions(system, request),
      lane,
      oracle: checkersOracle,
      runs: flags.runs ?? DEFAULT_RUNS,
      infrastructure: { infrastructure: flags.infra },
      onProgress: (progress) => context.screen.status(progressLine(progress)),
    }),
  );
}

type SharedOptions = Pick<
  CertifyOptions,
  'system' | 'seed' | 'maxTimeMs' | 'readings' | 'timings' | 'versions' | 'signal'
>;

function certifyOptions(system: LoadedSystem, { flags, context }: LaneRequest): SharedOptions {
  const { description, sha256, files } = system;
  return {
    system: { name: description.name, sha256, files },
    seed: flags.seed,
    maxTimeMs: flags.maxTime,
    readings: { ...description.readings },
    timings: { ...description.timings },
    versions: versions(),
    signal: context.signal,
  };
}

/** The names of the written files, certificate and results first. */
async function writeAll(
  { result, counterexamples }: Certification,
  { folder, system }: { folder: OutputFolder; system: LoadedSystem },
): Promise<string[]> {
  const { description, sha256, files } = system;
  return [
    await folder.writeDocument('results.json', result),
    await folder.writeDocument('certificate.json', buildCertificate(result, { name: description.name, sha256, files })),
    await folder.writeText('junit.xml', renderJunit(result)),
    ...(await Promise.all(
      counterexamples.map((counterexample) =>
        folder.writeDocument(counterexampleFile(counterexample.id), counterexample),
      ),
    )),
  ];
}

interface Reported {
  readonly flags: CommonFlags;
  readonly certification: Certification;
  readonly files: readonly string[];
  readonly context: CommandContext;
}

function report({ flags, certification, files, context }: Reported): void {
  const { result, counterexamples } = certification;
  const [first] = counterexamples;
  const replay = first === undefined ? {} : { replay: replayLine(flags, first) };
  context.screen.result(result, () => renderSummary(result, first, { ...context.screen.render, ...replay, files }));
}

/** A counterexample knows its system by name; one that came from a file must be named again. A simulated run is its own token. */
function replayLine({ out, system }: CommonFlags, { id, system: name, replay }: Counterexample): string {
  const systemFlag = system === undefined || system === name ? [] : ['--system', system];
  return pasteLine(['replay', replay?.token ?? join(out, counterexampleFile(id)), ...systemFlag]);
}
