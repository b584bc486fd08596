// A Node project: package.json, and the file that is named after its side or that `npm start` runs.
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

/** What is read of a package.json. */
interface Manifest {
  readonly main?: unknown;
  readonly scripts?: { readonly start?: unknown };
}

/** The file that is named after a side, where a folder has one: two of them may lie side by side. */
export function fileNamedAfter(folder: string, role: Role): string | undefined {
  return existing(folder, [`${role}.js`, `${role}.mjs`, `src/${role}.js`, `src/${role}.mjs`])[0];
}

/** The Node project in a folder, if it says what it starts with or has a file that is usual for it. */
export function recogniseNode(folder: string, role: Role): Project | undefined {
  const manifest = manifestIn(folder);
  const own = fileNamedAfter(folder, role);
  const start = own === undefined ? manifest?.scripts?.start : `node ${own}`;
  const words = typeof start === 'string' ? splitCommand(start) : [];
  // `npm start` would do, but a termination asks only the process that was started.
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
      commandCheck: `better the program itself, for npm is a wrapper of: ${String(start)}`,
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

/** Whether a file lies in none of the folders that are listed as a whole. */
function isOutside(file: string): boolean {
  return !/^(src|lib|app)\//.test(file);
}

const CONFIG = /\.config\.[cm]?[jt]s$/;
const SOURCE = /(?<!\.d|\.test|\.spec)\.[cm]?[jt]s$/;

/** The sources of a folder and of the folders below it; of the root its own only. */
function sourcesBelow(folder: string, path: string): RouteSource[] {
  const names = namesIn(join(folder, path), 'files').filter((name) => SOURCE.test(name));
  const own = names.map((name) => ({ file: join(path, name), text: textOf(folder, path, name) }));
  if (path === '.') return own;
  const folders = namesIn(join(folder, path), 'folders').filter((name) => name !== 'node_modules');
  return [...own, ...folders.flatMap((name) => sourcesBelow(folder, join(path, name)))];
}
