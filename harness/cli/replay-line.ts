// Makes the command lines that run a counterexample again: one replays it, one finds the commit that introduced it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Counterexample } from '../formats/counterexample.ts';
import { counterexampleFile } from '../runner/result-of.ts';
import { FAILURES } from './failures.ts';
import { pasteLine } from './paste-line.ts';
import { SYSTEMS } from './systems.ts';

/** Where the files of a counterexample are, and how the user named its system. */
export interface LineOptions {
  /** The folder with the results. */
  readonly out: string;
  /** The folder of the failures, given for readers who have it too: a counterexample in it is named by its id. */
  readonly failures?: string | undefined;
  /** The name or file of the system, as it was given on the command line. */
  readonly system?: string | undefined;
}

/** The line that replays it: by its id if it was kept, else by its token if it has one (a simulated case), else by its file. */
export function replayLine(counterexample: Counterexample, options: LineOptions): string {
  const { id, token } = counterexample;
  if (isKept(id, options)) return keptLine(counterexample, options);
  return pasteLine(['replay', token ?? fileOf(id, options), ...systemFlag(counterexample, options)]);
}

/** The line that replays a counterexample that is kept, or will be, in the folder of the failures. */
export function keptLine(counterexample: Counterexample, options: Pick<LineOptions, 'system'>): string {
  return pasteLine(['replay', counterexample.id, ...systemFlag(counterexample, options)]);
}

/**
 * Makes the line that replays the first counterexample from the artifact of a job, given the folder into which it was unpacked: the artifact
 * has the folder of the failures. Undefined without a counterexample.
 */
export function artifactLineOf(
  [first]: readonly Counterexample[],
  options: Pick<LineOptions, 'system'>,
): ((folder: string) => string) | undefined {
  if (first === undefined) return undefined;
  const file = join(FAILURES, `${first.id}.json`);
  return (folder) => pasteLine(['replay', join(folder, file), ...systemFlag(first, options)]);
}

/** The line that bisects it, with REV for both commits; undefined for a system of Onesend, which the user's commits do not change. */
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

/** A counterexample holds the name of its system; a system that was loaded from a file needs its file too. */
function systemFlag({ system: name }: Counterexample, { system }: Pick<LineOptions, 'system'>): string[] {
  return system === undefined || system === name ? [] : ['--system', system];
}
