// Performs an action of a description in a slot: calls an endpoint of the legacy app, runs SQL in the database, or runs a command.
import { acceptedStatuses, isAcceptedStatus } from '../formats/accepted-statuses.ts';
import type { Action, Command } from '../formats/action.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { answerWords } from './answer-words.ts';
import { runDescribed } from './described-command.ts';
import { fillNamed, type NamedValues, valueOf } from './named-parameters.ts';
import type { Slot } from './slot.ts';

/** The output of an action. */
interface ActionOutput {
  /** The body of the HTTP answer, the first value of the first row, or the lines that the command printed. */
  readonly text: string;
  /** Only a command has one. */
  readonly exitCode?: number;
}

/** Performs an action and returns its text. Throws an InfrastructureError if the call or the command failed. */
export async function performAction(slot: Slot, action: Action, values: NamedValues = {}): Promise<string> {
  return (await outputOf(slot, action, values)).text;
}

/** Performs an action as `performAction` does, and returns the exit code of a command too. */
export async function outputOf(slot: Slot, action: Action, values: NamedValues = {}): Promise<ActionOutput> {
  if ('sql' in action) return { text: inWords(await valueOf(slot.database, action.sql, values)) };
  if ('command' in action) return run(slot, action, values);
  const answer = await slot.user.call(action, values);
  if (isAcceptedStatus(acceptedStatuses(action.accepts), answer.status)) return { text: answer.body };
  const said = answer.status === null ? 'no answer' : answerWords({ status: answer.status, body: answer.body });
  throw new InfrastructureError(
    `expected ${action.method} ${action.path} of the legacy app to succeed, received ${said}`,
  );
}

async function run(
  { guard, description, placeholders, variables }: Slot,
  action: Extract<Action, Command>,
  values: NamedValues,
): Promise<ActionOutput> {
  const end = await runDescribed({
    system: description.name,
    command: { ...action, arguments: action.arguments.map((text) => fillNamed(text, values)) },
    exitCodes: action.exitCodes,
    guard,
    placeholders: placeholders.legacy,
    variables: variables.legacy,
  });
  if ('lines' in end) return { text: end.lines.join('\n'), exitCode: end.exitCode };
  throw new InfrastructureError(end.failure, { details: end.last });
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
