// Reads the outcomes of the CI steps and the reports of the tests, and prints why tests failed, where the time went and the last line of CI.
// Fails if a step or a test failed, if a test was skipped, or if a project ran no test.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const [folder = '.'] = process.argv.slice(2);
/** The most lines of one failure that are printed. */
const LINES_MAX = 12;
/** The most characters of one of these lines. */
const LINE_CHARACTERS_MAX = 2_000;
const PROJECTS = [
  'fast',
  'sim',
  'smoke',
  'io',
  'live',
  'alone',
  'proxies',
  'environments',
  'containers',
  'examples',
  'browser',
];

const steps = readFileSync(join(folder, 'steps.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'))
  .map(([status, seconds, name]) => ({ status: Number(status), seconds: Number(seconds), name }));
const problems = steps
  .filter(({ status }) => status !== 0)
  .map(({ name, status }) => `${name} ended with exit code ${status}`);

const reports = readdirSync(folder).filter((name) => /^tests.*\.json$/.test(name));
const files = reports.flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).testResults);
const tests = files.flatMap(testsOf);
const count = (wanted) => tests.filter(({ status }) => status === wanted).length;
const [passed, failed] = [count('passed'), count('failed')];

for (const project of PROJECTS) {
  const own = tests.filter((test) => test.project === project && test.status === 'passed').length;
  console.log(`${String(own).padStart(5)} passed in project ${project}, ${secondsOf(filesOf(project))} s`);
  if (own === 0) problems.push(`no test of the project ${project} passed`);
}
if (passed + failed < tests.length) {
  problems.push(`${tests.length - passed - failed} tests were skipped, which CI does not allow`);
}
for (const { status, name, failures } of tests) if (status !== 'passed') print(status, name, failures);
// A file can fail outside of its tests, for example while it is loaded.
for (const { name, message = '' } of files) if (message !== '') print('failed', name, [message]);
for (const [seconds, name] of slowest(files)) console.log(`${String(seconds).padStart(5)} s  ${name}`);
for (const { name, seconds } of steps) console.log(`${String(seconds).padStart(5)} s  ${name}`);
for (const problem of problems) console.log(`ci: ${problem}`);
console.log(`${passed} passed, ${failed === 0 && problems.length > 0 ? 1 : failed} failed`);
process.exitCode = problems.length > 0 || failed > 0 ? 1 : 0;

/** The tests of a file with its project. */
function testsOf({ name: file, assertionResults }) {
  const project = projectOf(file);
  return assertionResults.map(({ status, fullName, failureMessages: failures = [] }) => ({
    project,
    status,
    name: `${file}: ${fullName}`,
    failures,
  }));
}

/** Prints what did not pass and, indented, why. */
function print(status, name, failures) {
  console.log(`${status.toUpperCase()} ${name}`);
  for (const line of failures.flatMap(firstLinesOf)) console.log(`        ${line}`);
}

/** The first lines of a failure, without colours and without the stack frames of dependencies. */
function firstLinesOf(failure) {
  const lines = stripVTControlCharacters(failure)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at .*node_modules/.test(line))
    .map((line) => (line.length > LINE_CHARACTERS_MAX ? `${line.slice(0, LINE_CHARACTERS_MAX)} ...` : line));
  const rest = lines.length - LINES_MAX;
  return rest > 0 ? [...lines.slice(0, LINES_MAX), `... ${rest} more lines`] : lines;
}

/** The project of a file, which follows from its name. */
function projectOf(file) {
  const suffix = /\.(\w+)\.test\.ts$/.exec(file)?.[1];
  return PROJECTS.includes(suffix) ? suffix : 'fast';
}

function filesOf(project) {
  return files.filter(({ name }) => projectOf(name) === project);
}

/** From the start of the first test of these files to the end of the last one. */
function secondsOf(some) {
  const milliseconds =
    Math.max(...some.map(({ endTime }) => endTime)) - Math.min(...some.map(({ startTime }) => startTime));
  return some.length === 0 ? 0 : Math.round(milliseconds / 1000);
}

/** The ten files whose tests take longest: the set-up of a file before its first test does not count. */
function slowest(some) {
  return some
    .map((file) => [secondsOf([file]), relative('.', file.name)])
    .toSorted(([one], [other]) => other - one)
    .slice(0, 10);
}
