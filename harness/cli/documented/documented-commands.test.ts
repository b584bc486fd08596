// Each command of README, docs/ and the examples is one that the program knows, and is run by a test or a script that is named.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../platform/compiled-module.ts';
import { buildProgram } from '../program.ts';
import { commandsOf, documentedCommands } from './documented-commands.fixture.ts';
import { TRIAL_OF, type Trial } from './trials.fixture.ts';

const COMMANDS = documentedCommands();
/** Where a test or a group of them begins. */
const TEST = /^ *(?:test|describe)\b/gm;
/** Words that stand for what a reader puts there. */
const PLACEHOLDER = /^(?:COMMAND|FILE|FOLDER|ID|PATH|WHAT)\b|^S1-0a1b$/;

test.each([...new Set(COMMANDS.map(({ command }) => command))])('%s is run by a test or a script of CI', (command) => {
  const trial = TRIAL_OF.get(command);
  const places = COMMANDS.filter((each) => each.command === command).map(({ at }) => at);
  const unnamed = `no test is named that runs it; it is in ${places.join(', ')}`;
  expect(trial === undefined ? unnamed : whatIsMissing(command, trial)).toBeUndefined();
});

test('every trial is that of a command which a page shows', () => {
  const shown = new Set(COMMANDS.map(({ command }) => command));
  expect([...TRIAL_OF.keys()].filter((command) => !shown.has(command))).toEqual([]);
});

test('every output that a page shows is held against the real one', () => {
  const unheld = COMMANDS.filter(({ shown }) => shown.length > 0).filter(({ command }) => {
    const { file = '' } = TRIAL_OF.get(command) ?? {};
    return !new RegExp(String.raw`(?:AsDocumented\(|as_documented )\s*'${escaped(command)}'`).test(textOf(file));
  });
  expect(unheld.map(({ at, command }) => `${at}: ${command}`)).toEqual([]);
});

test.each(COMMANDS.filter(({ command }) => command.startsWith('onesend ')))(
  '$at: $command has flags that there are',
  ({ command }) => {
    expect(unknownIn(command)).toEqual([]);
  },
);

describe('a page of commands', () => {
  const PAGE = [
    'Text with `npx onesend explain S9`, `replay FILE',
    '--dump` and `gate 1`.',
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

  test('a page of commands is read with places, remarks and what is shown', () => {
    expect(commandsOf('x.md', PAGE)).toEqual([
      { at: 'x.md:4', command: 'onesend a --b --c', shown: ['printed', '...'] },
      { at: 'x.md:9', command: 'onesend d', shown: [] },
      { at: 'x.md:12', command: 'onesend e', shown: [] },
      { at: 'x.md:1', command: 'onesend explain S9', shown: [] },
      { at: 'x.md:1', command: 'onesend replay FILE --dump', shown: [] },
    ]);
  });

  test('a page with a command or a flag that the program does not have is refused', () => {
    expect(unknownIn('onesend corpus prune --system x')).toEqual([]);
    expect(unknownIn('onesend certfy')).toEqual(['certfy']);
    expect(unknownIn('onesend certify --sed 1')).toEqual(['--sed']);
  });
});

/** Why the trial does not run the command; undefined if it does. */
function whatIsMissing(command: string, { file, test: title, as }: Trial): string | undefined {
  const text = textOf(file);
  const titleAt = title === undefined ? 0 : text.indexOf(title);
  if (titleAt === -1) return `${file} has no test '${title}'`;
  // A table of cases is before the title.
  const from = Math.max(...[...text.slice(0, titleAt).matchAll(TEST)].map(({ index }) => index), 0);
  const words = (as ?? command)
    .replace(/^onesend /, '')
    .split(' ')
    .filter((word) => !PLACEHOLDER.test(word));
  const end = title === undefined ? -1 : text.slice(titleAt).search(TEST);
  const body = end === -1 ? text.slice(from) : text.slice(from, titleAt + end);
  // In one statement, in this order.
  const pattern = words.map(escaped).join('[^;]*?');
  return new RegExp(`(?<![\\w-])${pattern}(?![\\w-])`).test(body) ? undefined : `${file} does not run ${as ?? command}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function textOf(file: string): string {
  return file === '' ? '' : readFileSync(join(packageRoot, file), 'utf8');
}

/** The words of a command that the program does not know. */
function unknownIn(command: string): string[] {
  const stream = { write: () => undefined };
  const program = buildProgram({ stdout: stream, stderr: stream, environment: {}, runChosen: () => Promise.resolve() });
  const [name = '', second = '', ...rest] = command
    .replace(/ \|.*$/, '')
    .split(' ')
    .slice(1);
  if (name === 'COMMAND') return [];
  const chosen = program.commands.find((each) => each.name() === name);
  if (chosen === undefined) return [name];
  const inner: Command = chosen.commands.find((each) => each.name() === second) ?? chosen;
  const flags = new Set([
    '--help',
    ...inner.options.map(({ long }) => long),
    ...chosen.commands.flatMap(({ options }) => options.map(({ long }) => long)),
  ]);
  return [second, ...rest].filter((word) => word.startsWith('--') && !flags.has(word));
}
