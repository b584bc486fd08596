// Finds the compiled form of a source file. Worker threads and child processes must start from JavaScript: the oldest supported Node cannot
// run TypeScript, and tests run the sources in place.
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, whether this file runs from the sources or is compiled. */
export const packageRoot: string = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

/** The folders of compiled code: `dist` is what is packed, `build` also has what tests and benchmarks start. */
const OUTPUTS: ReadonlySet<string> = new Set(['dist', 'build']);

/**
 * The absolute path of the compiled form of `module`, a path relative to the file whose `import.meta.url` is `from`.
 * For compiled code it is in the same output folder; for source code it is in `build`, which the tests make before they start.
 */
export function compiledModule(from: string, module: string): string {
  const path = fileURLToPath(new URL(module, from));
  const compiled = path.replace(/\.ts$/, '.js');
  const fromRoot = relative(packageRoot, compiled);
  const isCompiled = path === compiled || OUTPUTS.has(fromRoot.split(sep)[0] ?? '');
  return isCompiled ? compiled : join(packageRoot, 'build', fromRoot);
}

function findPackageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json not found above the running file');
  return findPackageRoot(parent);
}
