// From an action as its author wrote it to one that the rig can perform.
import { resolve } from 'node:path';
import type { Action, CheckedAction } from '../formats/action.ts';
import type { ProcessDescription } from '../formats/system-description.ts';

/** The action; a command runs where the legacy app does, and sees what it sees, unless its author says otherwise. */
export function describeAction(
  action: CheckedAction,
  { folder, legacy }: { folder: string; legacy: ProcessDescription },
): Action {
  if ('sql' in action) return { sql: [action.sql].flat() };
  if (!('command' in action)) return action;
  const [command = '', ...rest] = action.command;
  const directory = action.cwd === undefined ? legacy.directory : resolve(folder, action.cwd);
  return {
    command,
    arguments: rest,
    ...(directory === undefined ? {} : { directory }),
    environment: action.environment ?? legacy.environment,
    exitCodes: action.exitCodes,
  };
}
