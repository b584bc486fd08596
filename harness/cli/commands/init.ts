// onesend init: writes a configuration for a pair, the files of the smallest pair, or a workflow. It runs nothing and overwrites nothing.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { findConfig } from '../../adapters/find-config.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import type { InitReport } from '../../formats/init.ts';
import { checkSystemConfig } from '../../formats/system-config.ts';
import { UsageError } from '../../platform/errors.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import type { OutputFlags } from '../flags.ts';
import { composeSystem, type PairAnswers } from '../init/compose-system.ts';
import { configName } from '../init/config-name.ts';
import { exampleFiles } from '../init/example.ts';
import { checksIn, plainObject } from '../init/field.ts';
import { githubWorkflow } from '../init/github-workflow.ts';
import { answerQuestions, type PairFlags } from '../init/questions.ts';
import { renderJson, renderModule } from '../init/render-config.ts';
import { assertFree, writeNewFiles } from '../init/write-new-files.ts';

/** What to write: a configuration, unless one of these flags is given. */
export interface InitFlags extends OutputFlags, PairFlags {
  /** A folder for the files of the smallest pair. */
  readonly example?: string;
  /** Whether to write only the workflow. */
  readonly github?: boolean;
}

/** Writes into the working directory. Exit code 2 for a file that exists already, or for a missing flag. */
export const initCommand: RunCommand<InitFlags> = async (flags, context) => {
  const report = await write(flags, context);
  context.screen.result(report, () => textOf(report));
  return EXIT_CODES.pass;
};

function write(flags: InitFlags, context: CommandContext): Promise<InitReport> {
  const { example, github } = flags;
  if (github === true && example !== undefined) throw new UsageError('--github: expected without --example');
  if (github === true) return writeWorkflow(context.folder);
  return example === undefined ? writeConfig(flags, context) : writeExample(example);
}

/** Writes the workflow of the nearest configuration into the root of its repository, because GitHub reads workflows only there. */
async function writeWorkflow(base: string): Promise<InitReport> {
  const config = findConfig(base);
  if (config === undefined) {
    throw new UsageError(`--github: expected a configuration in ${base} or above it, found none`, {
      hint: '`onesend init` writes one',
    });
  }
  const home = dirname(config);
  const root = folderAbove(home, '.git') ?? home;
  const locked = folderAbove(home, LOCK_FILE, root);
  const workflow = githubWorkflow({ root, folder: relative(root, home), packages: relative(root, locked ?? home) });
  await writeNewFiles([workflow]);
  const next = [
    ...(locked === undefined
      ? [`commit a ${LOCK_FILE} beside the configuration: the workflow installs with \`npm ci\``]
      : []),
    'commit the workflow, and require the job "certify" before a merge: node_modules/onesend/docs/ci.md says how',
  ];
  return { format: 'onesend.init/1', files: [relative(base, workflow.path)], checks: [], next };
}

/** The file that `npm ci` installs from. */
const LOCK_FILE = 'package-lock.json';

/** The nearest folder, from this one up to the last one, that holds the name; undefined if there is none. */
function folderAbove(folder: string, name: string, last?: string): string | undefined {
  if (existsSync(join(folder, name))) return folder;
  const above = dirname(folder);
  return above === folder || folder === last ? undefined : folderAbove(above, name, last);
}

async function writeConfig(flags: InitFlags, context: CommandContext): Promise<InitReport> {
  const base = process.cwd();
  const found = findConfig(base);
  // Commands refuse two configurations in one folder, so one with another name is refused here too.
  if (found !== undefined && dirname(found) === base) assertFree(found);
  const answers = await answersFor(flags, { base, ...context });
  const name = configName(base, answers.format);
  const system = composeSystem(answers, base);
  checkSystemConfig(plainObject(system), 'onesend init');
  const isJson = name.endsWith('.json');
  await writeNewFiles([{ path: join(base, name), text: isJson ? renderJson(system) : renderModule(system) }]);
  const install = isJson || isInstalled('onesend', base) ? [] : ['npm install --save-dev onesend'];
  return {
    format: 'onesend.init/1',
    files: [name],
    checks: checksIn(system),
    next: [...install, 'npx onesend check'],
  };
}

/** The answers from flags and, except with --json, from questions on the terminal: the reader of JSON is a program. */
async function answersFor(
  flags: InitFlags,
  { base, openQuestioner, signal }: Pick<CommandContext, 'openQuestioner' | 'signal'> & { base: string },
): Promise<PairAnswers> {
  const questioner = flags.json ? undefined : openQuestioner();
  const close = (): void => questioner?.close();
  signal.addEventListener('abort', close);
  try {
    return await answerQuestions(flags, { base, questioner });
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

async function writeExample(folder: string): Promise<InitReport> {
  const files = exampleFiles(resolve(folder));
  await writeNewFiles(files);
  const isReady = ['onesend', 'pg'].every((name) => isInstalled(name, resolve(folder)));
  const shown = relative('', folder);
  const commands = [
    ...(shown === '' ? [] : [`cd ${shown}`]),
    ...(isReady ? [] : ['npm install']),
    'npx onesend certify',
  ];
  return {
    format: 'onesend.init/1',
    files: files.map(({ path }) => relative('', path)),
    checks: [],
    next: [commands.join(' && ')],
  };
}

function isInstalled(name: string, folder: string): boolean {
  try {
    createRequire(join(folder, 'onesend.config.js')).resolve(name);
    return true;
  } catch {
    return false;
  }
}

function textOf({ files, checks, next }: InitReport): string {
  return [
    ...files.map((file) => `wrote ${file}`),
    ...(checks.length === 0 ? [] : ['', 'check in it:', ...checks.map((check) => `  ${check}`)]),
    '',
    ...next.map((command) => `next: ${command}`),
  ].join('\n');
}
