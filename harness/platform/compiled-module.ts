// Finds the compiled twin of a source file. Worker threads and child processes must start from JavaScript: the oldest Node we
// support cannot run TypeScript, and tests run the sources in place.
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, whether this file runs from the sources or from dist. */
export const packageRoot: string = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

/**
 * The absolute path of the compiled form of `module`, a path relative to the file whose `import.meta.url` is `from`.
 * Compiled code names its twin beside it; source code names the one in dist, which `npm run build` makes.
 */
export function compiledModule(from: string, module: string): string {
  const path = fileURLToPath(new URL(module, from));
  const compiled = path.replace(/\.ts$/, '.js');
  const fromRoot = relative(packageRoot, compiled);
  return path === compiled || fromRoot.startsWith('dist') ? compiled : join(packageRoot, 'dist', fromRoot);
}

function findPackageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json not found above the running file');
  return findPackageRoot(parent);
}
