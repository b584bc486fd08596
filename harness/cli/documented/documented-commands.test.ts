// Each command of README, docs/ and the examples exists in the program, and a named test or script runs it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../platform/compiled-module.ts';
import { commandsOf, CONTRIBUTORS_PAGES, documentedCommands } from './documented-commands.fixture.ts';
import { TRIAL_OF, type Trial } from './trials.fixture.ts';
import { unknownWords } from './unknown-words.fixture.ts';

const COMMANDS = documentedCommands();
/** The beginning of a test or of a group of tests. */
const TEST = /^ *(?:test|describe)\b/gm;
/** Words that the reader replaces. */
const PLACEHOLDER = /^(?:COMMAND|FILE|FOLDER|ID|PATH|WHAT)\b|^S1-0a1b$/;

test.each([...new Set(COMMANDS.map(({ command }) => command))])('%s is run by a test or a script of CI', (command) => {
  const trial = TRIAL_OF.get(command);
  const places = COMMANDS.filter((each) => each.command === command).map(({ at }) => at);
  const unnamed = `no test is named that runs it; it is in ${places.join(', ')}`;
  expect(trial === undefined ? unnamed : whatIsMissing(command, trial)).toBeUndefined();
});

test('every trial belongs to a command that a page shows', () => {
  const shown = new Set(COMMANDS.map(({ command }) => command));
  expect([...TRIAL_OF.keys()].filter((command) => !shown.has(command))).toEqual([]);
});

test('every output that a page shows is compared with the real output', () => {
  const unheld = COMMANDS.filter(({ shown }) => shown.length > 0).filter(({ command }) => {
    const { file = '' } = TRIAL_OF.get(command) ?? {};
    return !new RegExp(String.raw`(?:AsDocumented\(|as_documented )\s*'${escaped(command)}'`).test(textOf(file));
  });
  expect(unheld.map(({ at, command }) => `${at}: ${command}`)).toEqual([]);
});

test.each(COMMANDS.filter(({ command }) => command.startsWith('onesend ')))(
  '$at: $command has only known flags',
  ({ command }) => {
    expect(unknownWords(command)).toEqual([]);
  },
);

test.each(documentedCommands(CONTRIBUTORS_PAGES))('$at: $command names only things that exist', ({ command }) => {
  expect(unknownWords(command)).toEqual([]);
});

describe('a page of commands', () => {
  const PAGE = [
    'Text with `npx onesend explain S9`, `replay FILE',
    '--dump`, `gate 1`, `npm run docs`, `.ci/long full` and `.ci/long.log`.',
    '',
    '    $ npx onesend a --b \\',
    '      --c   # a remark',
    '    printed',
    '    ...',
    '',
    '    $ npx onesend d',
    '',
    '```',
    'cd pair && npx onesend e',
    'not a command',
    '```',
  ].join('\n');

  test('a page of commands is read with places and shown output, and without comments', () => {
    expect(commandsOf('x.md', PAGE)).toEqual([
      { at: 'x.md:4', command: 'onesend a --b --c', shown: ['printed', '...'] },
      { at: 'x.md:9', command: 'onesend d', shown: [] },
      { at: 'x.md:12', command: 'onesend e', shown: [] },
      { at: 'x.md:1', command: 'onesend explain S9', shown: [] },
      { at: 'x.md:1', command: 'onesend replay FILE --dump', shown: [] },
      { at: 'x.md:2', command: 'npm run docs', shown: [] },
      { at: 'x.md:2', command: '.ci/long full', shown: [] },
    ]);
  });

  test.each([
    ['onesend corpus prune --system x', []],
    ['onesend certfy', ['certfy']],
    ['onesend certify --sed 1', ['--sed']],
    ['npm run docs', []],
    ['npm run dcos', ['dcos']],
    ['npm cii', ['cii']],
    ['npm run bench judging page', []],
    ['npm run bench NAME', []],
    ['npm run bench judging pages', ['pages']],
    ['npx vitest run --project sim scenarios/mutants -u', []],
    ['npx vitest run --project simulated scenarios', ['simulated']],
    ['npx vitest run --project sim scenario', ['scenario']],
    ['npx vitest scenarios', ['vitest']],
    ['.ci/long full lanes', []],
    ['.ci/long full lane', ['lane']],
    ['.ci/log', ['.ci/log']],
  ])('of %s the words %j are unknown', (command, unknown) => {
    expect(unknownWords(command)).toEqual(unknown);
  });
});

/** Why the trial does not run the command; undefined if it does. */
function whatIsMissing(command: string, { file, test: title, as }: Trial): string | undefined {
  const text = textOf(file);
  const titleAt = title === undefined ? 0 : text.indexOf(title);
  if (titleAt === -1) return `${file} has no test '${title}'`;
  // A table of cases precedes the title.
  const from = Math.max(...[...text.slice(0, titleAt).matchAll(TEST)].map(({ index }) => index), 0);
  const words = (as ?? command)
    .replace(/^onesend /, '')
    .split(' ')
    .filter((word) => !PLACEHOLDER.test(word));
  const end = title === undefined ? -1 : text.slice(titleAt).search(TEST);
  const body = end === -1 ? text.slice(from) : text.slice(from, titleAt + end);
  // The words must be in one statement, in this order.
  const pattern = words.map(escaped).join('[^;]*?');
  return new RegExp(`(?<![\\w-])${pattern}(?![\\w-])`).test(body) ? undefined : `${file} does not run ${as ?? command}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function textOf(file: string): string {
  return file === '' ? '' : readFileSync(join(packageRoot, file), 'utf8');
}
