// onesend certify: the main job. Searches on a lane, writes what was found, prints the summary; the verdict is the exit code.
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { renderJunit } from '../../../reports/junit.ts';
import { renderSummary } from '../../../reports/terminal.ts';
import type { Counterexample } from '../../formats/result.ts';
import { buildCertificate } from '../../runner/certificate.ts';
import { certify, type Certification, type CertifyOptions, counterexampleFile } from '../../runner/certify.ts';
import { checkersOracle } from '../../runner/checkers-oracle.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { type LentLane, withLane } from '../open-lane.ts';
import { type OutputFolder, openOutputFolder } from '../output-folder.ts';
import { pasteLine } from '../paste-line.ts';
import { progressLine } from '../progress-line.ts';
import { versions } from '../versions.ts';

/** Enough for every kind of fault in every mode, and done in less than a minute on two cores. */
const DEFAULT_RUNS = 240;
const SEEDS = 2_147_483_647;

/** Certifies one system. */
export const certifyCommand: RunCommand<CommonFlags> = async (flags, context) => {
  const folder = await openOutputFolder(flags.out);
  const system = flags.system ?? 'reference';
  return withLane({ system, flags, context }, async (lent) => {
    const certification = await certify(certifyOptions(flags, { lent, context }));
    const files = await writeAll(certification, { folder, lent });
    report({ flags, certification, files, context });
    return certification.exitCode;
  });
};

function certifyOptions(
  flags: CommonFlags,
  { lent, context }: { lent: LentLane; context: CommandContext },
): CertifyOptions {
  const { lane, system } = lent;
  const { description } = system;
  return {
    lane,
    oracle: checkersOracle,
    system: { name: description.name, sha256: system.sha256, files: system.files },
    seed: flags.seed ?? randomInt(SEEDS),
    runs: flags.runs ?? DEFAULT_RUNS,
    maxTimeMs: flags.maxTime,
    readings: { ...description.readings },
    timings: { ...description.timings },
    infrastructure: { infrastructure: flags.infra },
    versions: versions(),
    signal: context.signal,
    onProgress: (progress) => context.screen.status(progressLine(progress)),
  };
}

/** The names of the written files, certificate and results first. */
async function writeAll(
  { result, counterexamples }: Certification,
  { folder, lent }: { folder: OutputFolder; lent: LentLane },
): Promise<string[]> {
  const { description, sha256, files } = lent.system;
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

/** A counterexample knows its system by name; one that came from a file must be named again. */
function replayLine({ out, system }: CommonFlags, { id, system: name }: Counterexample): string {
  const systemFlag = system === undefined || system === name ? [] : ['--system', system];
  return pasteLine(['replay', join(out, counterexampleFile(id)), ...systemFlag]);
}
