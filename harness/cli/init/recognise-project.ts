// Recognises a project by its files, and finds the folder of each side.
import { join } from 'node:path';
import { recogniseGo } from './go-project.ts';
import { recogniseLaravel } from './laravel-project.ts';
import { fileNamedAfter, recogniseNode } from './node-project.ts';
import { namesIn } from './project-files.ts';
import type { Project } from './project.ts';
import type { Role } from '../../../src/contract/message.ts';

/** What a side is written in where nothing says otherwise. */
const USUAL_KIND = { legacy: 'Laravel', service: 'Go' } as const;

/** A Laravel application often has a package.json for its assets, so a Node project is looked for last. */
const RECOGNISERS = {
  legacy: [recogniseLaravel, recogniseGo, recogniseNode],
  service: [recogniseGo, recogniseLaravel, recogniseNode],
};

/** The project of a side in a folder, which may hold both sides; undefined where its files say nothing. */
export function recogniseProject(folder: string, role: Role): Project | undefined {
  for (const recognise of RECOGNISERS[role]) {
    const project = recognise(folder, role);
    if (project !== undefined) return project;
  }
  return undefined;
}

/**
 * The folder of a side as seen from `base`: the one that is named after it, the base itself with a file that is, or the only one with what is usual for it, or else the only
 * project that is not what is usual for the other side.
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

const NOBODYS = /^(?:\..*|node_modules|vendor|testdata)$/;

/** The folders in which a side may lie: those of the base, and of these the ones in those that hold no project of their own. */
function foldersBelow(base: string): string[] {
  const own = (folder: string): string[] => namesIn(folder, 'folders').filter((name) => !NOBODYS.test(name));
  return own(base).flatMap((name) => {
    const folder = join(base, name);
    if (recogniseProject(folder, 'legacy') !== undefined) return [name];
    return [name, ...own(folder).map((inner) => join(name, inner))];
  });
}
