// For scripts of CI: `node hold-output.fixture.js 'onesend check' FILE` prints the difference and ends with 1 unless the file contains the
// output that the pages show below this command.
import { readFileSync } from 'node:fs';
import { differences } from './compare-output.fixture.ts';

const [command = '', file = ''] = process.argv.slice(2);
const output = readFileSync(file, 'utf8');
const found = differences(command, output, 'found');
if (found.length > 0) process.stderr.write(`${found.join('\n')}\nprinted:\n${output}\n`);
process.exitCode = found.length > 0 ? 1 : 0;
