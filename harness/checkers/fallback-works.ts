// L3 FallbackWorks: while the service definitely cannot be reached, the legacy app sends in its place, and soon.
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { callsAt } from '../history/calls.ts';
import { isQuiescent } from '../history/events-of.ts';
import { unreachableWindows, unsentWindows, unwellWindows } from '../history/excuse-windows.ts';
import { type EnteredMessage, messagesOf } from '../history/messages.ts';
import { acceptsByItem } from '../history/sends.ts';
import { breakerWindows, mayOverlap, type Span, surelyCovers, type Window } from '../history/windows.ts';
import { createReport } from './report.ts';

/**
 * Judges messages that entered in ON while connections were refused, the service was down or the breaker was OPEN, and stayed so
 * until a call would have been given up; the legacy app and its provider must have been well.
 */
export const fallbackWorks: Checker = {
  property: 'L3',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('L3');
    if (!isQuiescent(history)) return report.result();
    const accepts = acceptsByItem(history);
    const { livenessMs } = history.tolerances;
    for (const message of messagesOf(history).entered) {
      const cause = message.mode === 'ON' ? definiteCause(history, message) : undefined;
      if (cause === undefined) continue;
      const span = { earliest: message.entry.earliest, latest: message.entry.latest + livenessMs * 1_000 };
      if (isExcused(history, message, span)) continue;
      report.exercised();
      const own = (accepts.get(message.item) ?? []).filter((accept) => accept.system === 'legacy');
      if (own.some((accept) => accept.earliest <= span.latest)) continue;
      const late = own.length > 0 ? `only after more than ${livenessMs} ms` : 'never';
      report.found(
        `the service could not be reached when ${message.item} entered, and the legacy app sent it ${late}`,
        {
          items: [message.item],
          by: [...cause.witnesses, message.entry, ...own],
        },
      );
    }
    return report.result();
  },
};

/** The window that kept the service out of reach from before the entry until a call's budget would have been spent. */
function definiteCause(history: History, message: EnteredMessage): Window | undefined {
  const { budgetMs } = history.tolerances;
  const span = { earliest: message.entry.earliest, latest: message.entry.latest + budgetMs * 1_000 };
  return [...unreachableWindows(history), ...breakerWindows(history, 'live', ['OPEN'])].find((window) =>
    surelyCovers(window, span),
  );
}

/**
 * A legacy app that is down or stopped, or whose database, clock or provider fails it, cannot be expected to send in time; and where the
 * service was reached after all there is nothing to judge.
 */
function isExcused(history: History, message: EnteredMessage, span: Span): boolean {
  const isUnwell = [...unwellWindows(history), ...unsentWindows(history)].some((window) => mayOverlap(window, span));
  const reached = callsAt(history, 'back').some(
    (call) => call.uuids.includes(message.entry.messageUuid) && call.startMicros <= span.latest,
  );
  return isUnwell || reached;
}
