// What a configuration is called, so that Node and Onesend can load it where it lies.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { textOf } from './project-files.ts';

/** The languages that a configuration can be written in. */
export const CONFIG_FORMATS = ['ts', 'js', 'json'] as const;

/** A language that a configuration can be written in. */
export type ConfigFormat = (typeof CONFIG_FORMATS)[number];

/** The name of a configuration in a folder; TypeScript where that is used, unless a format was asked for. */
export function configName(folder: string, format: ConfigFormat | undefined): string {
  const chosen = format ?? (existsSync(join(folder, 'tsconfig.json')) ? 'ts' : 'js');
  // Only a package of type module has ES modules in its .js files on every Node.
  return `onesend.config.${chosen === 'js' && !isModule(folder) ? 'mjs' : chosen}`;
}

function isModule(folder: string): boolean {
  if (existsSync(join(folder, 'package.json'))) return /"type"\s*:\s*"module"/.test(textOf(folder, 'package.json'));
  const above = dirname(folder);
  return above !== folder && isModule(above);
}
