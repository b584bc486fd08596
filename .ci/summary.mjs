// Reads how the steps of CI ended and the reports of its suites, and prints the closing line. Fails when a step or a test failed, when a
// test was skipped, or when a suite ran nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '.'] = process.argv.slice(2);
const steps = readFileSync(join(folder, 'steps.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'))
  .map(([status, seconds, name]) => ({ status: Number(status), seconds: Number(seconds), name }));
const reports = readdirSync(folder)
  .filter((file) => /^tests-.*\.json$/.test(file))
  .map((file) => ({ file, report: JSON.parse(readFileSync(join(folder, file), 'utf8')) }));

const problems = steps
  .filter(({ status }) => status !== 0)
  .map(({ name, status }) => `${name} ended with exit code ${status}`);
const suites = steps.filter(({ name }) => name.startsWith('suite ')).length;
if (reports.length < suites) problems.push(`${suites} suites were to run, ${reports.length} left a report`);

let [passed, failed] = [0, 0];
for (const { file, report } of reports) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report;
  passed += numPassedTests;
  failed += numFailedTests;
  const skipped = numPendingTests + numTodoTests;
  if (numPassedTests === 0) problems.push(`${file}: no test passed`);
  if (skipped > 0) problems.push(`${file}: ${skipped} tests were skipped, and nothing may be skipped here`);
  for (const { name, assertionResults } of testResults) {
    for (const { status, fullName } of assertionResults) {
      if (status !== 'passed') console.log(`${status.toUpperCase()} ${name}: ${fullName}`);
    }
  }
}

console.log('');
for (const { name, seconds } of steps) console.log(`${String(seconds).padStart(5)} s  ${name}`);
for (const problem of problems) console.log(`ci: ${problem}`);
console.log(`${passed} passed, ${failed === 0 && problems.length > 0 ? 1 : failed} failed`);
process.exitCode = problems.length > 0 || failed > 0 ? 1 : 0;
