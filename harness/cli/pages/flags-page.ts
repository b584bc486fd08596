// Generates docs/flags.md: every command with its arguments and flags, from the definition of the program.
import type { Command, Option } from 'commander';
import { variableOf } from '../flags.ts';
import { buildProgram } from '../program.ts';
import { codeBlock, markdownTable } from './markdown.ts';

const INTRO =
  'Each flag has an environment variable, which overrides the default; the command line overrides both. Every command has the flags of the ' +
  'last table. `onesend COMMAND --help` prints the same texts. [commands.md](commands.md) explains what the commands do.';

/** The text of the page, without the first line that all pages share. */
export function flagsPage(): string {
  const commands = leavesOf(buildProgram(DETACHED));
  const [first, ...rest] = commands.map(({ command }) => new Set(command.options.map(({ long }) => long)));
  const common = [...(first ?? [])].filter((long) => rest.every((flags) => flags.has(long)) && long !== '--config');
  return [
    '# Flags',
    INTRO,
    ...commands.flatMap((leaf) => sectionOf(leaf, new Set(common))),
    '## Flags of every command',
    tableOf(commands[0]?.command.options.filter(({ long }) => common.includes(long)) ?? []),
  ].join('\n\n');
}

/** The options of a program that runs nothing: only its texts are read. */
const DETACHED = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  environment: {},
  runChosen: () => Promise.resolve(),
};

interface Leaf {
  /** The words on the command line that choose it, such as `onesend corpus add`. */
  readonly words: string;
  readonly command: Command;
}

/** The commands without subcommands, each with its words. */
function leavesOf(command: Command, before: readonly string[] = []): Leaf[] {
  const words = [...before, command.name()];
  if (command.commands.length === 0) return [{ words: words.join(' '), command }];
  return command.commands.flatMap((inner) => leavesOf(inner, words));
}

function sectionOf({ words, command }: Leaf, common: ReadonlySet<string | undefined>): string[] {
  const own = command.options.filter(({ long, hidden }) => !hidden && !common.has(long));
  const argumentsOf = command.registeredArguments;
  const usage = [words, ...(own.length > 0 ? ['[flags]'] : []), ...argumentsOf.map(argumentWords)].join(' ');
  return [
    `## ${words.replace('onesend ', '')}`,
    sentence(command.description()),
    codeBlock(usage),
    ...(argumentsOf.length > 0
      ? [
          markdownTable(
            ['argument', 'meaning'],
            argumentsOf.map((one) => [`\`${one.name()}\``, one.description]),
          ),
        ]
      : []),
    ...(own.length > 0 ? [tableOf(own)] : []),
  ];
}

function argumentWords(argument: Command['registeredArguments'][number]): string {
  const words = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${words}>` : `[${words}]`;
}

function tableOf(options: readonly Option[]): string {
  const rows = options.map((option) => {
    const variable = variableOf(option);
    const meaning = option.description.replace(` (${variable})`, '');
    return [`\`${option.flags}\``, meaning, defaultOf(option), `\`${variable}\``];
  });
  return markdownTable(['flag', 'meaning', 'default', 'variable'], rows);
}

function defaultOf({ defaultValue, negate }: Option): string {
  return negate || defaultValue === undefined || defaultValue === false ? '' : `\`${String(defaultValue)}\``;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
