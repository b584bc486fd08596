// Makes the page of a certification from its documents: those in its folder, or those that have just been written there.
import { join } from 'node:path';
import { renderPage } from '../../reports/html/page.ts';
import { type Certificate, certificateDocument } from '../formats/certificate.ts';
import { type Counterexample, counterexampleDocument } from '../formats/counterexample.ts';
import { type DocumentKind, readDocument } from '../formats/document.ts';
import { type Result, resultDocument } from '../formats/result.ts';
import { DocumentError } from '../platform/errors.ts';
import { counterexampleFile } from '../runner/result-of.ts';
import { PREVIOUS } from './output-folder.ts';
import { bisectLine, replayLine } from './replay-line.ts';

/** The file name of the page. */
export const PAGE = 'index.html';

/** The documents of one certification. */
export interface PageDocuments {
  readonly result: Result;
  readonly counterexamples: readonly Counterexample[];
  readonly certificate?: Certificate;
  /** The name or file of the system on the command line, for the lines that replay. */
  readonly system?: string;
  /** The folder of the project's failures, for the lines that replay. */
  readonly failures?: string;
}

/** Renders the page of a folder; it compares the result with the one of the run before, which is already in `previous`. */
export async function pageOf(folder: string, { system, failures, ...parts }: PageDocuments): Promise<string> {
  const previous = await readIfThere(resultDocument, join(folder, PREVIOUS, 'results.json'));
  const options = { out: folder, system, failures };
  return renderPage({
    ...parts,
    ...(previous === undefined ? {} : { previous }),
    replayLine: (counterexample) => replayLine(counterexample, options),
    bisectLine: (counterexample) => bisectLine(counterexample, options),
  });
}

/** The documents that were read from a folder. */
export interface ReadParts extends PageDocuments {
  /** The counterexample files that the result names but that could not be read. */
  readonly missing: string[];
}

/** Reads the documents of a certification from its folder. Throws a DocumentError if there is no result. */
export async function readParts(folder: string): Promise<ReadParts> {
  const result = await readDocument(resultDocument, join(folder, 'results.json'));
  const missing: string[] = [];
  const counterexamples: Counterexample[] = [];
  for (const { id } of result.counterexamples) {
    const file = join(folder, counterexampleFile(id));
    const counterexample = await readIfThere(counterexampleDocument, file);
    if (counterexample === undefined) missing.push(file);
    else counterexamples.push(counterexample);
  }
  const certificate = await readIfThere(certificateDocument, join(folder, 'certificate.json'));
  return { result, counterexamples, missing, ...(certificate === undefined ? {} : { certificate }) };
}

async function readIfThere<T>(kind: DocumentKind<T>, path: string): Promise<T | undefined> {
  return readDocument(kind, path).catch((error: unknown) => {
    if (error instanceof DocumentError) return undefined;
    throw error;
  });
}
