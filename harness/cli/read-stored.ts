// Reads stored cases, and loads the systems to replay them on.
import { readFile } from 'node:fs/promises';
import { findConfig } from '../adapters/find-config.ts';
import type { LoadedSystem } from '../adapters/load-system.ts';
import { type Counterexample, counterexampleDocument } from '../formats/counterexample.ts';
import { parseDocument, unknownFormat } from '../formats/document.ts';
import { withCurrentKeys } from '../formats/renamed-tables.ts';
import { readReplayToken } from '../formats/replay-token.ts';
import { type Scenario, scenarioDocument } from '../formats/scenario.ts';
import { DocumentError, UsageError } from '../platform/errors.ts';
import { parseJson } from '../platform/parse-json.ts';
import { type StoredCase, storedCase } from '../runner/stored-case.ts';
import type { CommandContext } from './command.ts';
import { loadNamed } from './open-lane.ts';
import { SYSTEMS } from './systems.ts';

/** The case that a replay token encodes, for the sim lane. Throws for a token that is not whole or of another version. */
export function caseOfToken(token: string): StoredCase {
  const { system, case: written } = readReplayToken(token);
  return { case: withCurrentKeys(written), system, foundOn: 'sim' };
}

/** The case of a counterexample, or of a bare scenario, which runs without deviations on the reference. */
export function caseOfDocument(document: Counterexample | Scenario): StoredCase {
  if (document.format !== 'onesend.scenario/1') return storedCase(document);
  return { case: { scenario: document, deviations: [] }, system: 'reference' };
}

/** Reads a counterexample or a bare scenario. Throws a DocumentError for any other file. */
export async function readStored(file: string): Promise<Counterexample | Scenario> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DocumentError(`${file}: expected a counterexample or a scenario, found no readable file`, { cause });
  });
  const format = formatOf(text);
  if (format === counterexampleDocument.format) return parseDocument(counterexampleDocument, text, file);
  if (format === undefined || format === scenarioDocument.format) {
    return parseDocument(scenarioDocument, text, file);
  }
  throw unknownFormat(file, { found: format, known: [counterexampleDocument.format, scenarioDocument.format] });
}

/** A counterexample or a bare scenario, with the file that it was read from. */
export interface StoredFile {
  readonly file: string;
  readonly document: Counterexample | Scenario;
}

/** Reads several files, in their order. Throws a DocumentError for the first one that is neither a counterexample nor a scenario. */
export async function readEachStored(files: readonly string[]): Promise<StoredFile[]> {
  const read: StoredFile[] = [];
  for (const file of files) read.push({ file, document: await readStored(file) });
  return read;
}

/** The format that a text states; undefined if it is not a JSON object or states none. */
function formatOf(text: string): unknown {
  try {
    const value = parseJson(text) as { format?: unknown } | null;
    return value?.format;
  } catch {
    return undefined;
  }
}

/**
 * The system to replay a case on: the one that is named, else the one on which the case was found, if that is a system of Onesend or of the
 * nearest configuration. Throws a UsageError if it is neither.
 */
export async function systemOf(
  { system }: StoredCase,
  { named, context: { folder } }: { readonly named: string | undefined; readonly context: CommandContext },
): Promise<LoadedSystem> {
  if (named !== undefined) return loadNamed(named);
  if (Object.hasOwn(SYSTEMS, system)) return loadNamed(system);
  const config = findConfig(folder);
  const configured = config === undefined ? undefined : await loadNamed(config);
  if (configured?.description.name === system) return configured;
  throw new UsageError(`the case was found on the system '${system}': expected its file, with --system FILE`);
}
