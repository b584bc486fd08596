// Recognises a project by its files.
import { recogniseGo } from './go-project.ts';
import { recogniseLaravel } from './laravel-project.ts';
import { recogniseNode } from './node-project.ts';
import type { Project } from './project.ts';

/** The project in a folder; undefined where its files say nothing. */
export function recogniseProject(folder: string): Project | undefined {
  // A Laravel application often has a package.json for its assets.
  return recogniseLaravel(folder) ?? recogniseGo(folder) ?? recogniseNode(folder);
}
