// The mutants: every file of this folder whose name begins with an id. M, N and W ids are the catalogue's; B ids are mutants that this
// project added.
import { readdirSync } from 'node:fs';
import type { KillingCase, Mutant, MutantDescription } from '../../harness/runner/mutant.ts';
import type { System } from '../../src/contract/system.ts';

/** What the file of a mutant exports. */
interface MutantModule {
  readonly mutant: MutantDescription;
  readonly system: System;
}

/** The name of a mutant's file: `m01-fallback-without-fence.ts`, or `.js` once it is compiled. */
const MUTANT_FILE = /^[a-z]\d\d-[a-z0-9-]+\.[jt]s$/;

/** The files in the order of the reports: the catalogue's first. */
const FILES: readonly string[] = readdirSync(import.meta.dirname)
  .filter((file) => MUTANT_FILE.test(file))
  .toSorted((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));

const KILLING_CASES: ReadonlySet<string> = new Set(readdirSync(`${import.meta.dirname}/killing-cases`));

/** All mutants, in the order of the reports. */
export function loadMutants(): Promise<Mutant[]> {
  return Promise.all(FILES.map(loadMutant));
}

/** The mutant with this id. Throws a RangeError when there is none. */
export async function mutantOf(id: string): Promise<Mutant> {
  const file = FILES.find((candidate) => candidate.startsWith(`${id.toLowerCase()}-`));
  if (file === undefined) throw new RangeError(`no mutant ${id}`);
  return loadMutant(file);
}

async function loadMutant(file: string): Promise<Mutant> {
  const { mutant, system } = (await import(/* @vite-ignore */ `./${file}`)) as MutantModule;
  return { ...mutant, system, killingCase: await killingCaseOf(file) };
}

/** The case in `killing-cases/m01.ts`; undefined when there is no such file. */
async function killingCaseOf(file: string): Promise<KillingCase | undefined> {
  const own = file.replace(/-.*(?=\.)/, '');
  if (!KILLING_CASES.has(own)) return undefined;
  const { killingCase } = (await import(/* @vite-ignore */ `./killing-cases/${own}`)) as { killingCase: KillingCase };
  return killingCase;
}

function placeOf(file: string): number {
  return 'mnwb'.indexOf(file.charAt(0));
}
