// Reads the outcomes of the CI steps and the reports of the tests, and prints the last line of CI. Fails if a step or a test failed, if a
// test was skipped, or if a project ran no test.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '.'] = process.argv.slice(2);
const PROJECTS = ['fast', 'sim', 'smoke', 'io', 'live', 'proxies', 'containers', 'examples', 'browser'];

const steps = readFileSync(join(folder, 'steps.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'))
  .map(([status, seconds, name]) => ({ status: Number(status), seconds: Number(seconds), name }));
const problems = steps
  .filter(({ status }) => status !== 0)
  .map(({ name, status }) => `${name} ended with exit code ${status}`);

const reports = readdirSync(folder).filter((name) => /^tests.*\.json$/.test(name));
const tests = reports.flatMap((name) => testsOf(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
const count = (wanted) => tests.filter(({ status }) => status === wanted).length;
const [passed, failed] = [count('passed'), count('failed')];

for (const project of PROJECTS) {
  const own = tests.filter((test) => test.project === project && test.status === 'passed').length;
  console.log(`${String(own).padStart(5)} passed in project ${project}`);
  if (own === 0) problems.push(`no test of the project ${project} passed`);
}
if (passed + failed < tests.length) {
  problems.push(`${tests.length - passed - failed} tests were skipped, which CI does not allow`);
}
for (const { status, name } of tests) if (status !== 'passed') console.log(`${status.toUpperCase()} ${name}`);
for (const { name, seconds } of steps) console.log(`${String(seconds).padStart(5)} s  ${name}`);
for (const problem of problems) console.log(`ci: ${problem}`);
console.log(`${passed} passed, ${failed === 0 && problems.length > 0 ? 1 : failed} failed`);
process.exitCode = problems.length > 0 || failed > 0 ? 1 : 0;

/** Every test of a report with its project, which follows from the name of its file. */
function testsOf(report) {
  return report.testResults.flatMap(({ name: file, assertionResults }) => {
    const suffix = /\.(\w+)\.test\.ts$/.exec(file)?.[1];
    return assertionResults.map(({ status, fullName }) => ({
      project: PROJECTS.includes(suffix) ? suffix : 'fast',
      status,
      name: `${file}: ${fullName}`,
    }));
  });
}
