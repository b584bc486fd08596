// Names a configuration so that Node and Onesend can load it in its folder.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { textOf } from './project-files.ts';

/** The languages of configurations. */
export const CONFIG_FORMATS = ['ts', 'js', 'json'] as const;

/** A language of configurations. */
export type ConfigFormat = (typeof CONFIG_FORMATS)[number];

/** The language that init proposes: TypeScript in a folder with a tsconfig.json, else JavaScript. */
export function usualFormat(folder: string): ConfigFormat {
  return existsSync(join(folder, 'tsconfig.json')) ? 'ts' : 'js';
}

/** The file name of a new configuration in a folder. */
export function configName(folder: string, format: ConfigFormat): string {
  // Not every supported Node loads a .js file as an ES module outside of a package of type module.
  return `onesend.config.${format === 'js' && !isModule(folder) ? 'mjs' : format}`;
}

function isModule(folder: string): boolean {
  if (existsSync(join(folder, 'package.json'))) return /"type"\s*:\s*"module"/.test(textOf(folder, 'package.json'));
  const above = dirname(folder);
  return above !== folder && isModule(above);
}
