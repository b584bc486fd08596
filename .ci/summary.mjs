// Reads the JSON report of the tests and prints the closing line of CI. Fails when a test failed or was skipped, when nothing ran, or
// when the reference was not certified.
import { readFileSync } from 'node:fs';

const [report = '', testsExit = '1', certifyExit = '1'] = process.argv.slice(2);
const {
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: skipped,
  testResults,
} = JSON.parse(readFileSync(report, 'utf8'));
const problems = [];
if (passed === 0) problems.push('no test ran');
if (testsExit !== '0') problems.push(`the tests exited ${testsExit}`);
if (certifyExit !== '0') problems.push(`certify exited ${certifyExit}`);
if (skipped > 0) problems.push(`${skipped} tests were skipped, and nothing may be skipped here`);
for (const file of testResults) {
  for (const test of file.assertionResults) {
    if (test.status === 'failed') console.log(`FAILED ${file.name}: ${test.fullName}`);
    if (test.status === 'pending') console.log(`SKIPPED ${file.name}: ${test.fullName}`);
  }
}
for (const problem of problems) console.log(`ci: ${problem}`);
console.log(`${passed} passed, ${failed + (problems.length > 0 && failed === 0 ? 1 : 0)} failed`);
process.exitCode = problems.length > 0 || failed > 0 ? 1 : 0;
