// Reads the corpus of a project.
import { type Counterexample, counterexampleDocument } from '../formats/counterexample.ts';
import { readDocument } from '../formats/document.ts';
import { storedIn } from './find-stored.ts';

/** All counterexamples in a folder, sorted by id; none if the folder does not exist. Throws DocumentError for one that was altered. */
export async function readCorpus(folder: string): Promise<Counterexample[]> {
  const files = await storedIn(folder);
  return Promise.all(files.map((file) => readDocument(counterexampleDocument, file)));
}
