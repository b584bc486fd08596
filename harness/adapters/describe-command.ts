// From commands and actions as their author wrote them to what the rig can run.
import { resolve } from 'node:path';
import type { Action, CheckedAction, CheckedCommand, Command } from '../formats/action.ts';

/** Where a description lies, and the process that a command belongs to: it runs where that does, and sees what it sees, unless given. */
interface Belonging {
  readonly folder: string;
  readonly process: Pick<Command, 'directory' | 'environment'>;
}

/** The command. */
export function describeCommand(written: CheckedCommand, { folder, process }: Belonging): Command {
  const [command = '', ...rest] = written.command;
  const directory = written.cwd === undefined ? process.directory : resolve(folder, written.cwd);
  return {
    command,
    arguments: rest,
    environment: written.environment ?? process.environment,
    ...(directory === undefined ? {} : { directory }),
  };
}

/** The action; a command belongs to the legacy app. */
export function describeAction(action: CheckedAction, belonging: Belonging): Action {
  if ('sql' in action) return { sql: [action.sql].flat() };
  if (!('command' in action)) return action;
  return { ...describeCommand(action, belonging), exitCodes: action.exitCodes };
}
