// Set-up of the suites that start processes or threads: they run compiled code, so it must be the code that is being tested.
import { execFileSync } from 'node:child_process';
import { packageRoot } from '../harness/platform/compiled-module.ts';

/** Builds dist before the first test file of a project. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: packageRoot, stdio: 'inherit' });
}
