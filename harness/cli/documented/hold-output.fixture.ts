// For scripts of CI: `node hold-output.fixture.js 'onesend check' FILE` ends with 1, and says why, unless the file holds what the pages
// show below this command.
import { readFileSync } from 'node:fs';
import { differences } from './compare-output.fixture.ts';

const [command = '', file = ''] = process.argv.slice(2);
const output = readFileSync(file, 'utf8');
const found = differences(command, output, 'found');
if (found.length > 0) process.stderr.write(`${found.join('\n')}\nprinted:\n${output}\n`);
process.exitCode = found.length > 0 ? 1 : 0;
