// The words of a documented command that name nothing: a command, flag, script, benchmark, step, project or path that does not exist.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { BENCHMARKS, BENCHMARKS_ON_REQUEST } from '../../bench/all-benchmarks.ts';
import { packageRoot } from '../../platform/compiled-module.ts';
import { buildProgram } from '../program.ts';

/** npm's own commands that the pages use. */
const NPM = new Set(['ci', 'install', 'pack', 'test']);
/** A word that the reader replaces, such as `PATH`. */
const PLACEHOLDER = /^[A-Z]+$/;

/** The unknown words of a command line; empty for one that can be run. The program is `onesend`, `npm`, `npx` or a script of `.ci`. */
export function unknownWords(command: string): string[] {
  const [program = '', ...words] = command.replace(/ \|.*$/, '').split(' ');
  if (program === 'onesend') return unknownOfOnesend(words);
  if (program === 'npm') return unknownOfNpm(words);
  if (program === 'npx') return unknownOfVitest(words);
  if (!exists(program)) return [program];
  return program === '.ci/long' ? words.filter((word) => !stepsOfLong().includes(word)) : [];
}

function unknownOfOnesend([name = '', second = '', ...rest]: readonly string[]): string[] {
  const stream = { write: () => undefined };
  const program = buildProgram({ stdout: stream, stderr: stream, environment: {}, runChosen: () => Promise.resolve() });
  if (PLACEHOLDER.test(name)) return [];
  const chosen = program.commands.find((each) => each.name() === name);
  if (chosen === undefined) return [name];
  const inner: Command = chosen.commands.find((each) => each.name() === second) ?? chosen;
  const flags = new Set([
    '--help',
    ...inner.options.map(({ long }) => long),
    ...chosen.commands.flatMap(({ options }) => options.map(({ long }) => long)),
  ]);
  return [second, ...rest].filter((word) => word.startsWith('--') && !flags.has(word));
}

function unknownOfNpm([name = '', script = '', ...rest]: readonly string[]): string[] {
  if (name !== 'run') return NPM.has(name) ? [] : [name];
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  if (!(script in scripts)) return [script];
  const benchmarks = { ...BENCHMARKS, ...BENCHMARKS_ON_REQUEST };
  return script === 'bench' ? rest.filter((word) => !PLACEHOLDER.test(word) && !(word in benchmarks)) : [];
}

/** `vitest run --project NAME PATH`, with `-u` at its end or not. */
function unknownOfVitest([program = '', run = '', flag = '', project = '', ...paths]: readonly string[]): string[] {
  if (`${program} ${run} ${flag}` !== 'vitest run --project') return [program];
  const projects = [...textOf('vitest.config.ts').matchAll(/name: '(\w+)'/g)].map(([, name]) => name);
  if (!projects.includes(project)) return [project];
  return paths.filter((word) => word !== '-u' && !PLACEHOLDER.test(word) && !exists(word));
}

/** The names of the steps of `.ci/long`. */
function stepsOfLong(): string[] {
  return [...textOf('.ci/long').matchAll(/^ {2}\[(\w+)\]='/gm)].map(([, name = '']) => name);
}

function exists(path: string): boolean {
  return existsSync(join(packageRoot, path));
}

function textOf(path: string): string {
  return readFileSync(join(packageRoot, path), 'utf8');
}
