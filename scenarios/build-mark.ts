// The mark of a build: which sources the code in build/ was compiled from.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../harness/platform/canonical-json.ts';
import { packageRoot } from '../harness/platform/compiled-module.ts';

const FOLDERS = ['src', 'harness', 'scenarios', 'reports'];
const SETTINGS = ['package.json', 'tsconfig.json', 'tsconfig.tests.json'];

/** A file with the hash of the sources from which the build was made. */
const MARK = join(packageRoot, 'build', '.sources');

/** Whether the build is of the sources as they are now. */
export function isBuildCurrent(): boolean {
  try {
    return readFileSync(MARK, 'utf8') === stateOfSources();
  } catch {
    return false;
  }
}

/** Marks the build as one of the sources as they are now. */
export function markBuild(): void {
  writeFileSync(MARK, stateOfSources());
}

/** A hash of the names, sizes and times of the files that are compiled or copied. A removed or renamed file changes it as well. */
function stateOfSources(): string {
  const compiled = FOLDERS.flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' }).flatMap((name) =>
      /\.(?:ts|css|js)$/u.test(name) && !name.endsWith('.test.ts') ? [join(folder, name)] : [],
    ),
  );
  const lines = [...SETTINGS, ...compiled].toSorted().map((file) => {
    const { size, mtimeMs } = statSync(join(packageRoot, file));
    return `${file} ${size} ${mtimeMs}`;
  });
  return sha256(lines.join('\n'));
}
