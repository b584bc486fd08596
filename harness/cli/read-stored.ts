// Reads stored cases, and finds the systems that they are replayed on.
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

/** The case of a token. */
export function tokenisedCase(token: string): StoredCase {
  const { system, case: written } = readReplayToken(token);
  return { case: withCurrentKeys(written), system, foundOn: 'sim' };
}

/** The case of a document. */
export function caseOfDocument(document: Counterexample | Scenario): StoredCase {
  if (document.format !== 'onesend.scenario/1') return storedCase(document);
  return { case: { scenario: document, deviations: [] }, system: 'reference' };
}

/** Reads a counterexample or a bare scenario. Anything else is one DocumentError. */
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

/** The format that a text claims to have; undefined when it is no JSON object or claims none. */
function formatOf(text: string): unknown {
  try {
    const value = parseJson(text) as { format?: unknown } | null;
    return value?.format;
  } catch {
    return undefined;
  }
}

/** What a case is replayed on: the system that is named, else the one that it was found on, by its own name or that of the configuration. */
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
