// Performs the actions of a description in a slot: endpoints of its legacy app, SQL in its database, commands beside its processes.
import { acceptedStatuses, isAccepted } from '../formats/accepted-statuses.ts';
import type { Action, Command } from '../formats/action.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { answerWords } from './answer-words.ts';
import { fillNamed, type NamedValues, valueOf } from './named-parameters.ts';
import { fillPlaceholders, fillVariables } from './placeholders.ts';
import { runCommand } from './process/run-command.ts';
import type { Slot } from './slot.ts';

/** How long a command may take. */
const COMMAND_TIMEOUT_MS = 30_000;

/** So many of its last lines say why a command failed. */
const LINES_MAX = 5;

/**
 * Performs an action, and answers what it says: the body of the answer, the first value of the first row, the lines of the command. An
 * InfrastructureError says why it failed.
 */
export async function performAction(slot: Slot, action: Action, values: NamedValues = {}): Promise<string> {
  if ('sql' in action) return inWords(await valueOf(slot.database, action.sql, values));
  if ('command' in action) return run(slot, action, values);
  const answer = await slot.user.call(action, values);
  if (isAccepted(acceptedStatuses(action.accepts), answer.status)) return answer.body;
  const said = answer.status === null ? 'no answer' : answerWords({ status: answer.status, body: answer.body });
  throw new InfrastructureError(
    `expected ${action.method} ${action.path} of the legacy app to succeed, received ${said}`,
  );
}

async function run(
  { guard, description, placeholders }: Slot,
  action: Extract<Action, Command>,
  values: NamedValues,
): Promise<string> {
  const fill = (text: string): string => fillPlaceholders(fillNamed(text, values), placeholders.legacy);
  const { code, lines } = await runCommand({
    name: `${description.name} ${action.command}`,
    command: action.command,
    arguments: action.arguments.map(fill),
    environment: fillVariables(action.environment, placeholders.legacy),
    ...(action.directory === undefined ? {} : { directory: action.directory }),
    guard,
    timeoutMs: COMMAND_TIMEOUT_MS,
  });
  if (code !== null && action.exitCodes.includes(code)) return lines.join('\n');
  const how = code === null ? `it was ended after ${COMMAND_TIMEOUT_MS} ms or by a signal` : `exit code ${code}`;
  const shown = [action.command, ...action.arguments].join(' ');
  throw new InfrastructureError(`expected '${shown}' to succeed, received ${how}`, {
    details: lines.slice(-LINES_MAX),
  });
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
