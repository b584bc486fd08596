// S14 Budget: a call to the service ends within its budget, and is made once for each occasion.
import type { HistoryEvent } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { type Call, callsAt, callsWith, eventsOfCall } from '../history/calls.ts';
import { countOf, timesOf } from '../history/counted-words.ts';
import { isQuiescent } from '../history/events-of.ts';
import { messagesOf } from '../history/messages.ts';
import { stoppedWindows } from '../history/excuse-windows.ts';
import { occasionsBefore } from '../history/occasions.ts';
import { createReport, type CheckerReport } from './report.ts';

/** Measures live calls at the front tap, where the legacy app's own timeout shows, independent of the network. */
export const budget: Checker = {
  property: 'S14',
  vantages: ['wire'],
  check(history) {
    const report = createReport('S14');
    const calls = callsAt(history, 'front').filter((call) => call.request !== undefined);
    for (const call of calls) {
      if (call.dryRun === true) continue;
      checkDuration(history, report, call);
    }
    checkRepeats(history, report);
    return report.result();
  },
};

function checkDuration(history: History, report: CheckerReport, call: Call): void {
  const { budgetMs, budgetEpsilonMs, budgetDoubtMs } = history.tolerances;
  const items = itemsOf(history, call);
  if (call.end === undefined) {
    if (isQuiescent(history)) {
      report.exercised();
      report.found('a call to the service never ended', { items, by: eventsOfCall(call) });
    } else report.undecided('whether a call to the service would have ended in time');
    return;
  }
  const overrunMs = call.end.elapsedMs - observedLateMs(call.end) - budgetMs;
  if (overrunMs <= budgetEpsilonMs) {
    report.exercised();
    return;
  }
  if (isStopped(history, call)) {
    report.undecided('whether the legacy app would have ended a call in time: it was stopped meanwhile');
    return;
  }
  const lasted = `lasted ${call.end.elapsedMs.toFixed(0)} ms; its budget is ${budgetMs} ms`;
  if (overrunMs <= budgetDoubtMs) {
    report.undecided(`whether the legacy app or a busy machine held up a call that ${lasted}`);
    return;
  }
  report.exercised();
  report.found(`a call to the service ${lasted}`, { items, by: eventsOfCall(call) });
}

/** While the legacy app is stopped, it cannot give up a call. */
function isStopped(history: History, call: Call): boolean {
  return stoppedWindows(history).someMayOverlap({ earliest: call.startMicros, latest: call.endMicros });
}

/** How long before its observation the event may have happened. */
function observedLateMs(event: HistoryEvent): number {
  return (event.latest - event.earliest) / 1_000;
}

/** Every trigger of a campaign and every round of recovery is allowed to request a message once; more is a hidden re-send. */
function checkRepeats(history: History, report: CheckerReport): void {
  for (const message of messagesOf(history).entered) {
    const calls = callsWith(history, 'front', message.entry.messageUuid);
    if (calls.length < 2) continue;
    for (const isDryRun of [false, true]) {
      const requests = calls.flatMap(({ request, dryRun }) =>
        request !== undefined && (dryRun === true) === isDryRun ? [request] : [],
      );
      requests.sort((a, b) => a.latest - b.latest);
      if (requests.length < 2) continue;
      const excess = firstExcess(history, message.campaign, requests);
      if (excess === undefined) continue;
      const requested = `${message.item} was requested ${timesOf(excess + 1)}`;
      report.found(`${requested}, and only ${countOf(excess, 'occasion')} allowed it`, {
        items: [message.item],
        by: requests.slice(0, excess + 1),
      });
    }
  }
}

/**
 * The number of occasions before the first excess request; undefined when each request may have had an occasion. A request that may have
 * passed later may have had more occasions, so the requests are sorted by their latest times.
 */
function firstExcess(history: History, campaign: string, requests: readonly HistoryEvent[]): number | undefined {
  return requests
    .map((request) => Math.max(1, occasionsBefore(history, campaign, request)))
    .find((allowed, index) => index + 1 > allowed);
}

function itemsOf(history: History, call: Call): string[] {
  const messages = messagesOf(history);
  return call.uuids.flatMap((messageUuid) => messages.itemOf(messageUuid)?.item ?? []);
}
