// Reads the corpus of a project.
import { type Counterexample, counterexampleDocument } from '../formats/counterexample.ts';
import { readDocument } from '../formats/document.ts';
import { storedIn } from './find-stored.ts';

/** All counterexamples in a folder, in the order of their ids; none where there is no folder. One that was altered is a DocumentError. */
export async function readCorpus(folder: string): Promise<Counterexample[]> {
  const files = await storedIn(folder);
  return Promise.all(files.map((file) => readDocument(counterexampleDocument, file)));
}
