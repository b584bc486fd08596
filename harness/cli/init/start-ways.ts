// Finds the ways to start a project that its files name, by text: scripts, a Procfile, a Makefile, and the scripts of package managers and of
// Docker Compose.
import { accessSync, constants, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseJson } from '../../platform/parse-json.ts';
import { existing, textOf } from './project-files.ts';
import type { Project } from './project.ts';

/** A command, as a file names it. */
export interface StartWay {
  readonly command: string;
  /** The file, relative to the folder of the project. */
  readonly file: string;
  /** Whether the file itself is the command. */
  readonly isScript: boolean;
}

const FOLDERS = ['deploy', 'bin', 'scripts', 'script', '.'];
const NAMES = ['serve', 'serve.sh', 'server.sh', 'start', 'start.sh', 'run.sh'];
const SCRIPTS = FOLDERS.flatMap((folder) => NAMES.map((name) => join(folder, name)));
const COMPOSE = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const STARTS = /^(?:serve|start)$/;

/** The ways to start the project in a folder, scripts first. */
export function startWaysIn(folder: string, kind: Project['kind'] | undefined): StartWay[] {
  const way = (file: string, command: string): StartWay => ({ command, file, isScript: false });
  return [
    ...existing(folder, SCRIPTS)
      .filter((path) => isExecutable(join(folder, path)))
      .map((path) => ({ command: `./${path}`, file: path, isScript: true })),
    ...[...textOf(folder, 'Procfile').matchAll(/^web:[ \t]*(.+)$/gm)].map(([, command = '']) =>
      way('Procfile', command),
    ),
    ...scriptsIn(folder, 'composer.json').map((name) => way('composer.json', `composer run ${name}`)),
    ...scriptsIn(folder, 'package.json')
      .filter((name) => !isKnown(name, kind))
      .map((name) => way('package.json', `npm run ${name}`)),
    ...[...textOf(folder, 'Makefile').matchAll(/^(serve|start|run)[ \t]*:(?!=)/gm)].map(([, target = '']) =>
      way('Makefile', `make ${target}`),
    ),
    ...existing(folder, COMPOSE).flatMap((file) =>
      commandsIn(textOf(folder, file)).map(({ command }) => way(file, command)),
    ),
    // A file above the project is about all systems: the part of a service that names the folder is about this one.
    ...existing(dirname(folder), COMPOSE).flatMap((file) =>
      commandsIn(textOf(dirname(folder), file))
        .filter(({ service }) => service.split(/[^\w.-]+/).includes(basename(folder)))
        .map(({ command }) => way(`../${file}`, command)),
    ),
  ];
}

/** Whether a script of package.json says nothing new: that of a Laravel application builds its assets, and `start` of a Node project is read. */
function isKnown(script: string, kind: Project['kind'] | undefined): boolean {
  return kind === 'Laravel' || (kind === 'Node' && script === 'start');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The names of the scripts of a manifest that start something. */
function scriptsIn(folder: string, manifest: string): string[] {
  try {
    const parsed = parseJson(textOf(folder, manifest)) as { readonly scripts?: object } | null;
    return Object.keys(parsed?.scripts ?? {}).filter((name) => STARTS.test(name));
  } catch {
    return [];
  }
}

/** The commands of the services of Docker Compose, each with the text of its service. */
function commandsIn(text: string): { command: string; service: string }[] {
  return text.split(/^(?= {2}[\w.-]+:\s*$)/m).flatMap((service) => {
    const command = /^ {4,}command:[ \t]*(\S.*)$/m.exec(service)?.[1];
    return command === undefined ? [] : [{ command, service }];
  });
}
