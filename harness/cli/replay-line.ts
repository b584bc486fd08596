// The command lines that run a counterexample again: one replays it, one finds the commit that brought it in.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Counterexample } from '../formats/counterexample.ts';
import { counterexampleFile } from '../runner/result-of.ts';
import { pasteLine } from './paste-line.ts';
import { SYSTEMS } from './systems.ts';

/** Where the files of a counterexample are, and what its system is called. */
export interface LineOptions {
  /** The folder with the results. */
  readonly out: string;
  /** The folder of the failures. What it holds is called by its id, in lines for those who have this folder too. */
  readonly failures?: string | undefined;
  /** The name or file of the system, as it was given on the command line. */
  readonly system?: string | undefined;
}

/** The line that replays it: by its id where it was kept, else by its token where it is a simulated case, else by its file. */
export function replayLine(counterexample: Counterexample, options: LineOptions): string {
  const { id, token } = counterexample;
  const what = isKept(id, options) ? id : (token ?? fileOf(id, options));
  return pasteLine(['replay', what, ...systemFlag(counterexample, options)]);
}

/** The line that bisects it, with places for both ends; undefined for a system of Onesend's own, which the user's commits do not change. */
export function bisectLine(counterexample: Counterexample, options: LineOptions): string | undefined {
  const { id, system: name } = counterexample;
  if (Object.hasOwn(SYSTEMS, options.system ?? name)) return undefined;
  const what = isKept(id, options) ? id : fileOf(id, options);
  const flags = ['--good', 'REV', '--bad', 'REV', ...systemFlag(counterexample, options)];
  return pasteLine(['bisect', ...flags, what]);
}

function isKept(id: string, { failures }: LineOptions): boolean {
  return failures !== undefined && existsSync(join(failures, `${id}.json`));
}

function fileOf(id: string, { out }: LineOptions): string {
  return join(out, counterexampleFile(id));
}

/** A counterexample knows its system by name; one that came from a file must be named again. */
function systemFlag({ system: name }: Counterexample, { system }: LineOptions): string[] {
  return system === undefined || system === name ? [] : ['--system', system];
}
