// What a configuration is called, so that Node and Onesend can load it where it lies.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { textOf } from './project-files.ts';

/** The languages that a configuration can be written in. */
export const CONFIG_FORMATS = ['ts', 'js', 'json'] as const;

/** A language that a configuration can be written in. */
export type ConfigFormat = (typeof CONFIG_FORMATS)[number];

/** The language that a folder suggests: TypeScript where that is used. */
export function usualFormat(folder: string): ConfigFormat {
  return existsSync(join(folder, 'tsconfig.json')) ? 'ts' : 'js';
}

/** The name of a configuration in a folder. */
export function configName(folder: string, format: ConfigFormat): string {
  // Only a package of type module has ES modules in its .js files on every Node.
  return `onesend.config.${format === 'js' && !isModule(folder) ? 'mjs' : format}`;
}

function isModule(folder: string): boolean {
  if (existsSync(join(folder, 'package.json'))) return /"type"\s*:\s*"module"/.test(textOf(folder, 'package.json'));
  const above = dirname(folder);
  return above !== folder && isModule(above);
}
