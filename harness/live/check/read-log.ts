// Judges the two log lines that the runbook demands (S21) in the runs of a check: that of a rehearsal and that of a fallback.
import type { Role } from '../../../src/contract/message.ts';
import type { EventOf } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { eventsOf } from '../../history/events-of.ts';
import { DRY_RUN_LINE, FALLBACK_LINE, linesWith, numbersIn } from '../../history/log-lines.ts';
import { messagesOf } from '../../history/messages.ts';
import { itemOf, lastLines, sendersOf } from './run-seen.ts';
import { CAMPAIGNS, ONE_CAMPAIGN } from './scenarios.ts';
import { failed, notApplicable, ok, type StepResult } from './walk.ts';

/** A line that a process must log about a message. */
interface DemandedLine {
  readonly process: Role;
  readonly text: string;
  /** The uuid of the message; undefined if it was seen nowhere. */
  readonly uuid: string | undefined;
}

/** Whether the service logged its line, with the uuid, for the message that it rehearsed. */
export function rehearsalLine(history: History): StepResult {
  const demanded: DemandedLine = { process: 'service', text: DRY_RUN_LINE, uuid: uuidOf(history, CAMPAIGNS.SHADOW) };
  if (linesWith(history, demanded).some(({ line }) => namesMessage(line, demanded)))
    return ok(`${DRY_RUN_LINE} with the uuid`);
  return missing(history, demanded, 'let the line contain the uuid of each message, as the request has it');
}

/** Whether the legacy app logged its line for the message that it sent because its call to the service was refused. */
export function fallbackLine(history: History): StepResult {
  const item = itemOf(ONE_CAMPAIGN);
  if (!sendersOf(history, item).includes('legacy'))
    return notApplicable('the legacy app sent nothing when its call to the service was refused');
  const demanded: DemandedLine = { process: 'legacy', text: FALLBACK_LINE, uuid: uuidOf(history, ONE_CAMPAIGN) };
  const lines = linesWith(history, demanded).map(({ line }) => line);
  if (lines.some((line) => namesMessage(line, demanded))) return ok(`${FALLBACK_LINE} with the uuid`);
  const tenantId = messagesOf(history).byItem.get(item)?.tenantId;
  if (lines.some((line) => tenantId !== undefined && numbersIn(line).includes(tenantId)))
    return ok(`${FALLBACK_LINE} with the id of the tenant`);
  const isUndecidable = demanded.uuid === undefined || history.readings.fallbackLog === 'batch';
  if (lines.length > 0 && isUndecidable) return ok(`${FALLBACK_LINE} without the uuid`);
  return missing(
    history,
    demanded,
    "let the line contain the uuid or the id of the tenant, or choose the reading `fallbackLog: 'batch'`",
  );
}

function uuidOf(history: History, campaign: string): string | undefined {
  return messagesOf(history).byItem.get(itemOf(campaign))?.entry?.messageUuid;
}

function namesMessage(line: string, { uuid }: DemandedLine): boolean {
  return uuid !== undefined && line.includes(uuid);
}

/** The failure without the demanded line. `hint` is for a line that was logged and does not name the message. */
function missing(history: History, demanded: DemandedLine, hint: string): StepResult {
  const { process, text, uuid } = demanded;
  const nearest = nearestLine(history, demanded);
  const details =
    nearest === undefined
      ? lastLines(history)
      : [`the most similar line, of the ${nearest.process} process:`, `  ${nearest.line}`];
  if (linesWith(history, demanded).length > 0)
    return failed(`no ${text} line of the ${process} process contains the uuid ${uuid} of the message`, hint, details);
  return failed(
    `the ${process} process logged no line that contains ${text}`,
    "let it log this line to stdout or stderr, where Onesend looks for it; without 'log' in `vantages` S21 is not judged",
    details,
  );
}

/** The line of any process with the most words of the demanded one, where the uuid counts as a word; undefined if no line has one. */
function nearestLine(history: History, demanded: DemandedLine): EventOf<'log'> | undefined {
  const sought = new Set(wordsIn(demanded.text));
  const rank = ({ line }: EventOf<'log'>): number =>
    new Set(wordsIn(line).filter((word) => sought.has(word))).size + Number(namesMessage(line, demanded));
  return eventsOf(history, 'log')
    .filter((event) => rank(event) > 0)
    .toSorted((left, right) => rank(right) - rank(left))[0];
}

/** The words of a text in lower case, also those of names such as DRY_RUN and dryRun. */
function wordsIn(text: string): string[] {
  return text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}
