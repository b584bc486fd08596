// Recognises a project by its files, and finds the folder of each side.
import { join } from 'node:path';
import { recogniseGo } from './go-project.ts';
import { recogniseLaravel } from './laravel-project.ts';
import { fileNamedAfter, recogniseNode } from './node-project.ts';
import { namesIn } from './project-files.ts';
import type { Project } from './project.ts';
import type { Role } from '../../../src/contract/message.ts';

/** The usual kind of each side's project. */
const USUAL_KIND = { legacy: 'Laravel', service: 'Go' } as const;

/** Node is last, because a Laravel application often has a package.json for its assets. */
const RECOGNISERS = {
  legacy: [recogniseLaravel, recogniseGo, recogniseNode],
  service: [recogniseGo, recogniseLaravel, recogniseNode],
};

/** The project of a side in a folder, which can hold both sides; undefined if its files are of no known kind. */
export function recogniseProject(folder: string, role: Role): Project | undefined {
  for (const recognise of RECOGNISERS[role]) {
    const project = recognise(folder, role);
    if (project !== undefined) return project;
  }
  return undefined;
}

/**
 * The folder of a side, relative to `base`: the one that is named after the side, else `base` if a file in it is, else the only project of
 * the side's usual kind, else the only project that is not of the other side's usual kind; undefined if none of these exists.
 */
export function proposeFolder(base: string, role: Role): string | undefined {
  const folders = foldersBelow(base);
  if (folders.includes(role)) return role;
  if (fileNamedAfter(base, role) !== undefined) return '.';
  const kinds = ['.', ...folders].map((folder) => ({ folder, kind: recogniseProject(join(base, folder), role)?.kind }));
  const usual = kinds.filter(({ kind }) => kind === USUAL_KIND[role]);
  if (usual.length > 0) return usual.length === 1 ? usual[0]?.folder : undefined;
  const others = kinds.filter(
    ({ folder, kind }) => folder !== '.' && kind !== undefined && kind !== USUAL_KIND[OTHER[role]],
  );
  return others.length === 1 ? others[0]?.folder : undefined;
}

const OTHER = { legacy: 'service', service: 'legacy' } as const;

const EXCLUDED = /^(?:\..*|node_modules|vendor|testdata)$/;

/** The folders that can hold a side: those in the base, and those in the ones of them that hold no project themselves. */
function foldersBelow(base: string): string[] {
  const own = (folder: string): string[] => namesIn(folder, 'folders').filter((name) => !EXCLUDED.test(name));
  return own(base).flatMap((name) => {
    const folder = join(base, name);
    if (recogniseProject(folder, 'legacy') !== undefined) return [name];
    return [name, ...own(folder).map((inner) => join(name, inner))];
  });
}
