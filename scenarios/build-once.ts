// Set-up of the test projects that start processes or threads. Those run compiled code, which must come from the sources under test.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../harness/platform/canonical-json.ts';
import { packageRoot } from '../harness/platform/compiled-module.ts';

const FOLDERS = ['src', 'harness', 'scenarios', 'reports'];
const SETTINGS = ['package.json', 'tsconfig.json', 'tsconfig.tests.json'];

/** A file with the hash of the sources from which the build was made. */
const MARK = join(packageRoot, 'build', '.sources');

/** Builds the code that tests start, unless the build is of the same sources. Every project calls it, and the first call builds. */
export function setup(): void {
  const sources = stateOfSources();
  if (stateOfBuild() === sources) return;
  execFileSync('npm', ['run', '--silent', 'build:tests'], { cwd: packageRoot, stdio: 'inherit' });
  mkdirSync(join(packageRoot, 'build'), { recursive: true });
  writeFileSync(MARK, sources);
}

function stateOfBuild(): string | undefined {
  try {
    return readFileSync(MARK, 'utf8');
  } catch {
    return undefined;
  }
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
