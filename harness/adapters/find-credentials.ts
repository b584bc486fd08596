// Finds credentials that look real in a configuration, and in the `.env` files that the libraries of its systems would read.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { CheckedCommand } from '../formats/action.ts';
import { type Credential, findCredentials, type NamedText } from '../formats/credential.ts';
import type { CheckedSystemConfig } from '../formats/system-config.ts';

/** A named text with its place: a path in the configuration, or a file and the name of a variable. */
interface PlacedText extends NamedText {
  readonly place: string;
}

/** Every credential that looks real in a configuration in `folder`, and in the `.env` files that its commands can read. */
export function credentialsOf(config: CheckedSystemConfig, folder: string): Credential[] {
  const { confirmed } = config;
  const written = Object.entries(config).flatMap(([key, value]) => textsIn(value, key));
  const files = [...new Set(commandsOf(config).flatMap((command) => envFilesOf(command, folder)))];
  return [written, ...files.map((file) => variablesIn(file, relative(folder, file)))].flatMap((beside) =>
    beside.flatMap((text) =>
      findCredentials(text, beside).map((found) => ({
        ...found,
        place: text.place,
        isConfirmed: confirmed.includes(text.place),
      })),
    ),
  );
}

/** Every text of a configuration, with its path as its place. */
function textsIn(value: unknown, path: string): PlacedText[] {
  if (typeof value === 'string') return [{ place: path, name: path.slice(path.lastIndexOf('.') + 1), text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${path}.${key}`));
}

function variablesIn(file: string, shown: string): PlacedText[] {
  return Object.entries(parseEnv(readFileSync(file, 'utf8'))).flatMap(([name, text]) =>
    text === undefined ? [] : [{ place: `${shown}: ${name}`, name, text }],
  );
}

/** Every command that the rig runs for a system. One without a directory gets that of its process; actions belong to the legacy app. */
function commandsOf({ processes: { legacy, service }, database, ...actions }: CheckedSystemConfig): CheckedCommand[] {
  return [
    ...withinProcess(legacy, [...legacy.also, ...legacy.prepare, ...database.prepare, ...commandActionsOf(actions)]),
    ...withinProcess(service, [...service.also, ...service.prepare]),
  ];
}

function withinProcess(process: CheckedCommand, others: readonly CheckedCommand[]): CheckedCommand[] {
  return [process, ...others.map((each) => (process.cwd === undefined ? each : { cwd: process.cwd, ...each }))];
}

function commandActionsOf({
  flush,
  flipRead,
  between,
  openBreaker,
  recover,
  reconcile,
}: Omit<CheckedSystemConfig, 'processes' | 'database'>): CheckedCommand[] {
  return [flush, flipRead, between, openBreaker, recover, reconcile]
    .flat()
    .flatMap((each) => (typeof each === 'object' && 'command' in each ? [each] : []));
}

/** Sample files, which no library loads. */
const SAMPLE = /\.(?:dist|example|sample|template)$/;

/** The `.env` files in the working directory of a command, and in the folders between the description and the files that it names. */
function envFilesOf({ command, cwd = '.' }: CheckedCommand, folder: string): string[] {
  const directory = resolve(folder, cwd);
  const named = command
    .map((word) => resolve(directory, word))
    .filter((path) => existsSync(path) && statSync(path).isFile());
  const folders = new Set([directory, ...named.flatMap((file) => foldersAbove(file, folder))]);
  return [...folders]
    .filter((each) => existsSync(each))
    .flatMap((each) => readdirSync(each).map((name) => join(each, name)))
    .filter((path) => /^\.env(?:\.|$)/.test(basename(path)) && !SAMPLE.test(path) && statSync(path).isFile());
}

/** The folders from that of a file up to `top`; none for a file outside `top`. */
function foldersAbove(file: string, top: string): string[] {
  const above: string[] = [];
  for (let each = dirname(file); !relative(top, each).startsWith('..'); each = dirname(each)) {
    above.push(each);
    if (each === top) return above;
  }
  return above;
}
