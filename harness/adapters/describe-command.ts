// Turns the commands and actions of a configuration into what the rig can run.
import { resolve } from 'node:path';
import type { Action, CheckedAction, CheckedCommand, Command } from '../formats/action.ts';

/** The folder of the configuration, and the process whose directory and variables a command gets if it gives none of its own. */
interface CommandContext {
  readonly folder: string;
  readonly process: Pick<Command, 'directory' | 'environment'>;
}

/** Splits off the arguments of a command, and fills in its directory and variables. */
export function describeCommand(written: CheckedCommand, { folder, process }: CommandContext): Command {
  const [command = '', ...rest] = written.command;
  const directory = written.cwd === undefined ? process.directory : resolve(folder, written.cwd);
  return {
    command,
    arguments: rest,
    environment: written.environment ?? process.environment,
    ...(directory === undefined ? {} : { directory }),
  };
}

/** Describes an action; only one that is a command uses the context. */
export function describeAction(action: CheckedAction, context: CommandContext): Action {
  if ('sql' in action) return { sql: [action.sql].flat() };
  if (!('command' in action)) return action;
  return { ...describeCommand(action, context), exitCodes: action.exitCodes };
}
