// L3 FallbackWorks: while the service definitely cannot be reached, the legacy app sends instead, and in time.
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { callsWith } from '../history/calls.ts';
import { isQuiescent } from '../history/events-of.ts';
import { unreachableWindows, unsentWindows, unwellWindows } from '../history/excuse-windows.ts';
import { type EnteredMessage, messagesOf } from '../history/messages.ts';
import { perHistory } from '../history/per-history.ts';
import { unseenBreakers } from '../history/planted-breakers.ts';
import { acceptsBy } from '../history/sends.ts';
import { WindowIndex } from '../history/window-index.ts';
import type { Span, Window } from '../history/window.ts';
import { breakerWindows, surelyCovers } from '../history/windows.ts';
import { createReport } from './report.ts';

/**
 * Judges messages that entered in ON while connections were refused, the service was down or the breaker was OPEN, if this lasted until a
 * call would have timed out, and if nothing disturbed the legacy app and its provider.
 */
export const fallbackWorks: Checker = {
  property: 'L3',
  vantages: ['wire', 'database', 'identity'],
  check(history) {
    const report = createReport('L3');
    if (!isQuiescent(history)) return report.result();
    const { livenessMs } = history.tolerances;
    for (const message of messagesOf(history).entered) {
      if (message.mode !== 'ON' || !hasDefiniteCause(history, message)) continue;
      const span = { earliest: message.entry.earliest, latest: message.entry.latest + livenessMs * 1_000 };
      if (isExcused(history, message, span)) continue;
      report.exercised();
      const own = acceptsBy(history, 'legacy', message.item);
      if (own.some((accept) => accept.earliest <= span.latest)) continue;
      const late = own.length > 0 ? `sent it only after more than ${livenessMs} ms` : 'never sent it';
      report.found(`the service could not be reached when ${message.item} entered, and the legacy app ${late}`, {
        items: [message.item],
        by: [...(definiteCause(history, message)?.witnesses ?? []), message.entry, ...own],
      });
    }
    return report.result();
  },
};

/** Whether one cause made the service unreachable from before the entry until the budget of a call would have run out. */
function hasDefiniteCause(history: History, message: EnteredMessage): boolean {
  return closedWindows(history).someSurelyCovers(decisiveSpan(history, message));
}

/** The first window of such a cause. */
function definiteCause(history: History, message: EnteredMessage): Window | undefined {
  const span = decisiveSpan(history, message);
  return closedWindows(history).windows.find((window) => surelyCovers(window, span));
}

function decisiveSpan({ tolerances }: History, { entry }: EnteredMessage): Span {
  return { earliest: entry.earliest, latest: entry.latest + tolerances.budgetMs * 1_000 };
}

/** The windows in which no call could reach the service, or the breaker refused all calls. */
const closedWindows = perHistory(
  (history) =>
    new WindowIndex([
      ...unreachableWindows(history).windows,
      ...breakerWindows(history, 'live', ['OPEN']),
      ...unseenBreakers(history).flatMap(({ breaker, window }) => (breaker === 'live' ? [window] : [])),
    ]),
);

/**
 * The legacy app need not send in time while it is down or stopped, or while its database, clock or provider fails. A message whose call
 * reached the service is not judged.
 */
function isExcused(history: History, message: EnteredMessage, span: Span): boolean {
  return (
    unwellWindows(history).someMayOverlap(span) ||
    unsentWindows(history).someMayOverlap(span) ||
    callsWith(history, 'back', message.entry.messageUuid).some((call) => call.startMicros <= span.latest)
  );
}
