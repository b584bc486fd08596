// What the readers of a check's run share: its items, who sent them, the requests at the front tap, and the last lines of the logs.
import { type Role, ROLES } from '../../../src/contract/message.ts';
import type { EventOf } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { eventsOf } from '../../history/events-of.ts';
import { acceptsByItem } from '../../history/sends.ts';

/** Enough for an error with its stack. */
const LINES_MAX = 10;

/** The one item of each campaign. */
export const itemOf = (campaign: string): string => `${campaign}#1`;

/** The systems whose sends of an item the provider stub accepted, one entry a send. */
export function sendersOf(history: History, item: string): Role[] {
  return (acceptsByItem(history).get(item) ?? []).map(({ system }) => system);
}

/** The requests that the front tap saw. */
export function requestsOf(history: History): EventOf<'request'>[] {
  return eventsOf(history, 'request').filter(({ tap }) => tap === 'front');
}

/** The last lines that the processes logged, a line each. */
export function lastLines(history: History): string[] {
  return ROLES.flatMap((process) => {
    const lines = eventsOf(history, 'log').flatMap((event) => (event.process === process ? [event.line] : []));
    if (lines.length === 0) return [`the ${process} process logged nothing`];
    return [`last lines of the ${process} process:`, ...lines.slice(-LINES_MAX).map((line) => `  ${line}`)];
  });
}
