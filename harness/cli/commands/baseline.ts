// onesend baseline write FILE [FOUND...]: accepts violations until a day: those of counterexamples, or all of the last certification.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { countOf } from '../../history/counted-words.ts';
import { everyFingerprintOf } from '../../evidence/fingerprint.ts';
import { type Acceptance, dayOf } from '../../formats/baseline.ts';
import type { Counterexample } from '../../formats/counterexample.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import { readDocument } from '../../formats/document.ts';
import { resultDocument } from '../../formats/result.ts';
import { UsageError } from '../../platform/errors.ts';
import { type AcceptanceWords, addToBaseline, templateWords, violatedIn } from '../baselines.ts';
import { type Violated, withHeadlines } from '../baseline-headlines.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import type { OutputFlags } from '../flags.ts';
import { storedFolders } from '../corpus-folder.ts';
import { findStored } from '../find-stored.ts';
import { readStored } from '../read-stored.ts';

/** The counterexamples to accept, and the words of the acceptance; a word that is left out keeps the placeholder of the template. */
export interface BaselineFlags extends OutputFlags, Partial<AcceptanceWords> {
  readonly out: string;
  readonly file: string;
  /** The counterexamples to accept. */
  readonly found: readonly string[];
}

/** The violations to accept, and the system that they belong to. */
interface ToAccept {
  readonly system: string;
  readonly violations: readonly Violated[];
}

/** Adds acceptances to a baseline, and renews those that it has already. */
export const baselineWriteCommand: RunCommand<BaselineFlags> = async (flags, context) => {
  const { screen } = context;
  const { file, found, out } = flags;
  const words = wordsOf(flags);
  const { system, violations } = found.length === 0 ? await lastViolated(out) : await shownBy(found, context);
  if (violations.length === 0) throw new UsageError(`${out}: expected a violation, found nothing to accept`);
  const { added, renewed, baseline } = await addToBaseline(file, { system, violations, words, isRenewing: true });
  screen.result(baseline, () =>
    [
      `${file}: ${countOf(added, 'violation')} added, ${renewed} renewed, until ${words.until}`,
      ...violations.map(({ fingerprint }) => `  ${fingerprint}`),
    ].join('\n'),
  );
  return EXIT_CODES.pass;
};

async function lastViolated(out: string): Promise<ToAccept> {
  const { system, lanes, counterexamples } = await readDocument(resultDocument, join(out, 'results.json'));
  // A folder that was copied without its counterexamples can still be accepted.
  const files = counterexamples.map(({ file }) => join(out, file)).filter((file) => existsSync(file));
  const stored = await Promise.all(files.map(readCounterexample));
  const fingerprints = violatedIn(lanes.map(({ evidence }) => evidence));
  return { system: system.name, violations: withHeadlines(fingerprints, { counterexamples: stored }) };
}

/** All fingerprints of a counterexample: a run that shows one of its violations again shows the others too. */
async function shownBy(names: readonly string[], context: CommandContext): Promise<ToAccept> {
  const folders = await storedFolders(undefined, context);
  const files = (await Promise.all(names.map((name) => findStored(name, folders)))).flatMap((each) => each.files);
  const stored = await Promise.all(files.map(readCounterexample));
  const [system = '', other] = [...new Set(stored.map((each) => each.system))];
  if (other !== undefined)
    throw new UsageError(`expected counterexamples of one system, found '${system}' and '${other}'`);
  const fingerprints = stored.flatMap(({ fingerprint, findings, history, anomaly }) => [
    ...(fingerprint === undefined ? [] : [fingerprint]),
    ...everyFingerprintOf({ findings, history, broken: anomaly === undefined ? [] : [anomaly.kind] }),
  ]);
  return {
    system,
    violations: withHeadlines([...new Set(fingerprints)].toSorted(), { counterexamples: stored }),
  };
}

async function readCounterexample(file: string): Promise<Counterexample> {
  const stored = await readStored(file);
  if ('findings' in stored) return stored;
  throw new UsageError(`${file}: expected a counterexample, found ${stored.format}`);
}

function wordsOf({ reason, ticket, until, by }: BaselineFlags): AcceptanceWords {
  const given: Partial<Acceptance> = {
    ...(reason === undefined ? {} : { reason }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(until === undefined ? {} : { until }),
    ...(by === undefined ? {} : { by }),
  };
  const now = new Date();
  const today = dayOf(now.toISOString());
  if (until !== undefined && until < today) {
    throw new UsageError(`--until ${until}: expected a day from ${today} on, received one that is over`);
  }
  return { ...templateWords(now), ...given };
}
