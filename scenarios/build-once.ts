// Set-up of the test projects that start processes or threads. Those run compiled code, which must come from the sources under test.
import { execFileSync } from 'node:child_process';
import { packageRoot } from '../harness/platform/compiled-module.ts';
import { isBuildCurrent } from './build-mark.ts';

/** Builds the code that tests start, unless the build is of the same sources. Every project calls it, and the first call builds. */
export function setup(): void {
  if (!isBuildCurrent())
    execFileSync('npm', ['run', '--silent', 'build:tests'], { cwd: packageRoot, stdio: 'inherit' });
}
