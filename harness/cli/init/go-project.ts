// Recognises a Go module: go.mod, and the main package that serves. The built program is started, because `go run` passes on no signal.
import { basename, join } from 'node:path';
import { existing, namesIn, readyPathIn, textOf } from './project-files.ts';
import type { Project } from './project.ts';
import { type RouteSource, routesIn } from './routes.ts';
import { databaseUrlsIn, variablesReadIn } from './variables.ts';

const SERVES = /api|http|serv|web/;

/** The Go module in a folder, if it has a main package in its root or below cmd. */
export function recogniseGo(folder: string): Project | undefined {
  const mod = textOf(folder, 'go.mod');
  const module = /^module\s+(\S+)/m.exec(mod)?.[1];
  if (module === undefined) return undefined;
  const mains = ['.', ...namesIn(join(folder, 'cmd'), 'folders').map((name) => `cmd/${name}`)].filter((each) =>
    sourcesIn(folder, each).some(({ text }) => /^package main\b/m.test(text)),
  );
  const main = mains.length > 1 ? (mains.find((each) => SERVES.test(each)) ?? mains[0]) : mains[0];
  if (main === undefined) return undefined;
  const binary = `bin/${basename(main === '.' ? module : main)}`;
  const others = mains.filter((each) => each !== main);
  const code = goFoldersIn(folder);
  const sources = ['.', ...code].flatMap((each) => sourcesBelow(folder, each));
  const reads = variablesReadIn(sources.map(({ text }) => text));
  return {
    kind: 'Go',
    command: [`./${binary}`],
    commandCheck: [
      `built with: go build -o ${binary} ${main === '.' ? '.' : `./${main}`}`,
      ...others.map((each) => `${each} is a main package too`),
    ].join('; '),
    code: [...existing(folder, ['go.mod', 'go.sum']), ...goFilesIn(folder), ...code],
    readyPath: readyPathIn(sources.map(({ text }) => text)),
    routes: routesIn(sources),
    reads,
    // This driver demands TLS unless its URL says otherwise.
    environment: mod.includes('github.com/lib/pq')
      ? databaseUrlsIn(reads).map((key) => ({ key, value: '${databaseUrl}?sslmode=disable' }))
      : [],
  };
}

function goFilesIn(folder: string): string[] {
  return namesIn(folder, 'files').filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'));
}

function sourcesIn(folder: string, path: string): RouteSource[] {
  return goFilesIn(join(folder, path)).map((name) => ({ file: join(path, name), text: textOf(folder, path, name) }));
}

/** The sources of a folder and of the folders below it; for the root only those in the root itself. */
function sourcesBelow(folder: string, path: string): RouteSource[] {
  if (path === '.') return sourcesIn(folder, path);
  const below = namesIn(join(folder, path), 'folders').flatMap((name) => sourcesBelow(folder, join(path, name)));
  return [...sourcesIn(folder, path), ...below];
}

/** The folders of the root that hold Go code, except code of others. */
function goFoldersIn(folder: string): string[] {
  return namesIn(folder, 'folders').filter(
    (name) => !['vendor', 'testdata', 'node_modules'].includes(name) && sourcesBelow(folder, name).length > 0,
  );
}
