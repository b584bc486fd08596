// Looks for credentials that look real in what an author wrote, and in the `.env` files that a system of his would read by itself.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { type Credential, findCredentials, type NamedText } from '../formats/credential.ts';
import type { CheckedCommand } from '../formats/action.ts';
import type { CheckedSystemConfig } from '../formats/system-config.ts';

/** A named text, and how its place is called. */
interface PlacedText extends NamedText {
  readonly place: string;
}

/** Everything that looks real in a description from a file in `folder`, and in the `.env` files that its processes may read. */
export function credentialsOf(config: CheckedSystemConfig, folder: string): Credential[] {
  const { confirmed, processes } = config;
  const written = Object.entries(config).flatMap(([key, value]) => textsIn(value, key));
  const files = [...new Set(Object.values(processes).flatMap((process) => filesOf(process, folder)))];
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

/** Every text of a description, under its path. */
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

/** The `.env` files of a process, and of what runs before and beside it. */
function filesOf({ also, prepare, ...main }: CheckedSystemConfig['processes']['legacy'], folder: string): string[] {
  const beside = [...also, ...prepare].map((each) => (main.cwd === undefined ? each : { cwd: main.cwd, ...each }));
  return [main, ...beside].flatMap((each) => envFilesOf(each, folder));
}

/** Files that no library loads. */
const SAMPLE = /\.(?:dist|example|sample|template)$/;

/** The `.env` files in the working directory of a process, and in the folders between the description and the files that its command names. */
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

/** The folders from that of a file up to `top`; none for a file that lies elsewhere. */
function foldersAbove(file: string, top: string): string[] {
  const above: string[] = [];
  for (let each = dirname(file); !relative(top, each).startsWith('..'); each = dirname(each)) {
    above.push(each);
    if (each === top) return above;
  }
  return above;
}
