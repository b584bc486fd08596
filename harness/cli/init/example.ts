// Makes the files of the smallest pair for a user: a certification finds a violation in it within a minute.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../platform/compiled-module.ts';
import { onesendVersion } from '../versions.ts';
import { textOf } from './project-files.ts';
import type { NewFile } from './write-new-files.ts';

const EXAMPLE = join(packageRoot, 'examples/node-pair');

/** The files of the example in a folder, with a package.json that makes them ES modules and lists their dependencies. */
export function exampleFiles(folder: string): NewFile[] {
  const { dependencies } = JSON.parse(textOf(packageRoot, 'package.json')) as { dependencies: { pg: string } };
  const manifest = {
    name: 'node-pair',
    private: true,
    type: 'module',
    dependencies: { onesend: onesendVersion(), pg: dependencies.pg },
  };
  const sources = readdirSync(EXAMPLE).filter((name) => /\.(?:js|sql)$/.test(name));
  return [
    ...sources.map((name) => ({ path: join(folder, name), text: readFileSync(join(EXAMPLE, name), 'utf8') })),
    { path: join(folder, 'package.json'), text: `${JSON.stringify(manifest, undefined, 2)}\n` },
  ];
}
