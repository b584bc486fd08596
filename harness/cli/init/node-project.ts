// Recognises a Node project: package.json, and the file that is named after its side or that `npm start` runs.
import { join } from 'node:path';
import type { Role } from '../../../src/contract/message.ts';
import { parseJson } from '../../platform/parse-json.ts';
import { splitCommand } from './command-words.ts';
import { existing, namesIn, readyPathIn, textOf } from './project-files.ts';
import type { Project } from './project.ts';
import { type RouteSource, routesIn } from './routes.ts';
import { variablesReadIn } from './variables.ts';

const CODE = ['package.json', 'package-lock.json', 'src', 'lib', 'app'];
const ENTRIES = ['server.js', 'index.js', 'app.js', 'main.js', 'src/server.js', 'src/index.js', 'src/main.js'];

/** The fields that are read from a package.json. */
interface Manifest {
  readonly main?: unknown;
  readonly scripts?: { readonly start?: unknown };
}

/** The file of a folder that is named after a side, if it has one; a folder can hold both sides. */
export function fileNamedAfter(folder: string, role: Role): string | undefined {
  return existing(folder, [`${role}.js`, `${role}.mjs`, `src/${role}.js`, `src/${role}.mjs`])[0];
}

/** The Node project in a folder; undefined if its start command is not given and no file has a usual name. */
export function recogniseNode(folder: string, role: Role): Project | undefined {
  const manifest = manifestIn(folder);
  const own = fileNamedAfter(folder, role);
  const start = own === undefined ? manifest?.scripts?.start : `node ${own}`;
  const words = typeof start === 'string' ? splitCommand(start) : [];
  // `npm start` is avoided, because the fault `terminate` signals only the process that was started.
  const isPlain = words[0] === 'node' && !/[&|;<>$]/.test(String(start));
  const [entry] = existing(folder, [...(typeof manifest?.main === 'string' ? [manifest.main] : []), ...ENTRIES]);
  if (manifest === undefined || (words.length === 0 && entry === undefined)) return undefined;
  const command = isPlain ? words : words.length > 0 ? ['npm', 'start'] : ['node', entry ?? ''];
  const files = existing(folder, command.slice(1));
  const sources = ['.', ...existing(folder, ['src', 'lib', 'app'])].flatMap((path) => sourcesBelow(folder, path));
  const ownSources = sources.flatMap(({ file }) => (isOutside(file) && !CONFIG.test(file) ? [file] : []));
  return {
    kind: 'Node',
    command,
    ...(command[0] === 'npm' && {
      commandCheck: `better name the program itself, because npm only starts: ${String(start)}`,
    }),
    code: existing(folder, [...new Set([...CODE, ...ownSources, ...files.filter(isOutside)])]),
    readyPath: readyPathIn(sources.map(({ text }) => text)),
    routes: routesIn(sources),
    reads: variablesReadIn(sources.map(({ text }) => text)),
    environment: [],
  };
}

function manifestIn(folder: string): Manifest | undefined {
  const text = textOf(folder, 'package.json');
  try {
    const manifest = parseJson(text);
    return typeof manifest === 'object' && manifest !== null ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a file is outside of the folders that CODE lists. */
function isOutside(file: string): boolean {
  return !/^(src|lib|app)\//.test(file);
}

const CONFIG = /\.config\.[cm]?[jt]s$/;
const SOURCE = /(?<!\.d|\.test|\.spec)\.[cm]?[jt]s$/;

/** The sources of a folder and of the folders below it; for the root only those in the root itself. */
function sourcesBelow(folder: string, path: string): RouteSource[] {
  const names = namesIn(join(folder, path), 'files').filter((name) => SOURCE.test(name));
  const own = names.map((name) => ({ file: join(path, name), text: textOf(folder, path, name) }));
  if (path === '.') return own;
  const folders = namesIn(join(folder, path), 'folders').filter((name) => name !== 'node_modules');
  return [...own, ...folders.flatMap((name) => sourcesBelow(folder, join(path, name)))];
}
