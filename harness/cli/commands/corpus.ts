// onesend corpus ls|add|prune: the counterexamples that every certification of their systems replays first.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { renderCorpus } from '../../../reports/corpus.ts';
import type { CorpusEntry, CorpusReport } from '../../formats/corpus.ts';
import type { Counterexample } from '../../formats/counterexample.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import { writeDocument } from '../../formats/document.ts';
import { brokenBy } from '../../formats/finding.ts';
import { DocumentError, UsageError } from '../../platform/errors.ts';
import { scenarioSize } from '../../runner/scenario-size.ts';
import { storedCase } from '../../runner/stored-case.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import { corpusFolder, storedFolders } from '../corpus-folder.ts';
import { findStored } from '../find-stored.ts';
import type { CommonFlags, OutputFlags } from '../flags.ts';
import { loadNamed, systemOrConfig } from '../open-lane.ts';
import { readCorpus } from '../read-corpus.ts';
import { readStored } from '../read-stored.ts';
import { replayCases } from '../replay-files.ts';

/** The system whose configuration names the corpus. */
export interface CorpusFlags extends OutputFlags {
  readonly system?: string;
}

/** The flags of `corpus add`, and the counterexamples to add. */
export interface CorpusAddFlags extends CorpusFlags {
  /** The beginnings of ids, files or folders. */
  readonly names: readonly string[];
}

/** The flags of `corpus prune`. */
export type CorpusPruneFlags = Omit<CommonFlags, 'lane'>;

/** Lists the corpus. */
export const corpusListCommand: RunCommand<CorpusFlags> = async ({ system }, context) => {
  report(await corpusFolder(system, context), {}, context)(await entriesIn(system, context));
  return EXIT_CODES.pass;
};

/** Adds failures to the corpus. It reads all of them before it writes the first. */
export const corpusAddCommand: RunCommand<CorpusAddFlags> = async ({ system, names }, context) => {
  const folder = await corpusFolder(system, context);
  const chosen = new Map<string, Counterexample>();
  for (const name of names) {
    const { files } = await findStored(name, await storedFolders(system, context));
    for (const file of files) {
      const counterexample = await readCounterexample(file);
      chosen.set(counterexample.id, counterexample);
    }
  }
  const added = [...chosen.keys()].filter((id) => !existsSync(fileIn(folder, id)));
  for (const [id, each] of chosen) await writeDocument(fileIn(folder, id), each);
  report(folder, { added }, context)(await entriesIn(system, context));
  return EXIT_CODES.pass;
};

/**
 * Replays the entries of one system, and removes those that are FIXED: every decision and fault that the violation needs took place, and
 * no property was violated. Entries that are STALE stay, and so do those that were not replayed.
 */
export const corpusPruneCommand: RunCommand<CorpusPruneFlags> = async (flags, context) => {
  const folder = await corpusFolder(flags.system, context);
  const system = systemOrConfig(flags.system, context);
  const { name } = (await loadNamed(system)).description;
  const own = (await readCorpus(folder)).filter((each) => each.system === name);
  const cases = own.map((each) => ({ id: each.id, ...storedCase(each) }));
  const { replays, verdict } = await replayCases(cases, { ...flags, system, lane: undefined }, context);
  const removed = replays.flatMap(({ id, outcome }) => (outcome === 'FIXED' ? [id] : []));
  for (const id of removed) await rm(fileIn(folder, id));
  report(folder, { removed, replays }, context)(await entriesIn(flags.system, context));
  return EXIT_CODES[verdict];
};

function report(
  folder: string,
  done: Partial<Pick<CorpusReport, 'added' | 'removed' | 'replays'>>,
  { screen }: Pick<CommandContext, 'screen'>,
): (entries: CorpusEntry[]) => void {
  return (entries) => {
    const shown = relative(process.cwd(), folder);
    const document: CorpusReport = {
      format: 'onesend.corpus/1',
      folder: shown,
      entries,
      added: [],
      removed: [],
      replays: [],
      ...done,
    };
    screen.result(document, () => renderCorpus(document, screen.render));
  };
}

async function entriesIn(system: string | undefined, context: Pick<CommandContext, 'folder'>): Promise<CorpusEntry[]> {
  return (await readCorpus(await corpusFolder(system, context))).map(entryOf);
}

function entryOf({ id, system, lane, findings, anomaly, fingerprint, ...stored }: Counterexample): CorpusEntry {
  const { scenario, deviations } = stored.case;
  const { messages, faults } = scenarioSize(scenario);
  const finding = findings.find(({ property }) => property === brokenBy(fingerprint));
  const shows = anomaly?.message ?? finding?.message ?? fingerprint;
  return { id, system, lane, messages, faults: faults + deviations.length, shows };
}

async function readCounterexample(file: string): Promise<Counterexample> {
  const document = await readStored(file);
  if (document.format === 'onesend.scenario/1') {
    throw new UsageError(`${file}: expected a counterexample, found a scenario`);
  }
  // The id becomes a file name.
  if (/^[\w-]+$/.test(document.id)) return document;
  throw new DocumentError(`${file}: id: expected letters, digits and dashes, found ${JSON.stringify(document.id)}`);
}

function fileIn(folder: string, id: string): string {
  return join(folder, `${id}.json`);
}
