// S4 ModeConformance: the mode at the entry says who is asked and who sends.
import type { EventOf } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { requestsWith } from '../history/calls.ts';
import { eventsOf } from '../history/events-of.ts';
import { type EnteredMessage, messagesOf } from '../history/messages.ts';
import { sendsByItem } from '../history/sends.ts';
import { fallbackCause } from './fallback-cause.ts';
import { createReport, listed, type Report } from './report.ts';

/**
 * OFF: no request carries the message. SHADOW: only dry runs do. Both: the service never tries it. ON: the legacy app tries it only
 * after a cause to fall back. An unknown mode acts as OFF.
 */
export const modeConformance: Checker = {
  property: 'S4',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('S4');
    const sends = sendsByItem(history);
    for (const message of messagesOf(history).entered) {
      const seen = {
        requests: requestsWith(history, message.entry.messageUuid),
        attempts: (sends.get(message.item) ?? []).map(({ attempt }) => attempt),
      };
      if (seen.requests.length + seen.attempts.length === 0) continue;
      if (message.mode === 'ON') checkFallback(history, report, { message, attempts: seen.attempts });
      else checkLegacyOnly(report, message, seen);
    }
    checkUnentered(history, report);
    return report.result();
  },
};

function checkLegacyOnly(
  report: Report,
  message: EnteredMessage,
  seen: { requests: readonly EventOf<'request'>[]; attempts: readonly EventOf<'attempt'>[] },
): void {
  const { item, mode, entry } = message;
  report.exercised();
  const forbidden = mode === 'OFF' ? seen.requests : seen.requests.filter((request) => request.dryRun !== true);
  const where = modeName(message);
  if (forbidden.length > 0) {
    const what =
      mode === 'OFF' ? 'the service was asked for it' : 'the service was asked to send it, not to rehearse it';
    report.found(`${item} entered in ${where}, and ${what}`, { items: [item], by: [entry, ...forbidden] });
  }
  const trespass = seen.attempts.filter((attempt) => attempt.system === 'service');
  if (trespass.length > 0) {
    report.found(`${item} entered in ${where}, and the service tried to send it`, {
      items: [item],
      by: [entry, ...trespass],
    });
  }
}

function checkFallback(
  history: History,
  report: Report,
  judged: { message: EnteredMessage; attempts: readonly EventOf<'attempt'>[] },
): void {
  const { message, attempts } = judged;
  const causes = attempts
    .filter(({ system }) => system === 'legacy')
    .map((attempt) => ({ attempt, cause: fallbackCause(history, message, attempt) }));
  const causeless = causes.filter(({ cause }) => cause.kind === 'none');
  const doubtful = causes.flatMap(({ cause }) => (cause.kind === 'undecided' ? [cause.why] : []));
  if (causeless.length === 0 && doubtful.length > 0) {
    const reasons = listed([...new Set(doubtful)]);
    report.undecided(`whether the legacy app had a cause to send ${message.item}: ${reasons}`);
    return;
  }
  report.exercised();
  for (const { attempt } of causeless) {
    report.found(`${message.item} entered in ON, and the legacy app sent it without a cause to fall back`, {
      items: [message.item],
      by: [message.entry, attempt],
    });
  }
}

/** An item that was sent without an entry has no mode of its own; the mode of its tenant stands in if it never changed. */
function checkUnentered(history: History, report: Report): void {
  const messages = messagesOf(history);
  for (const attempt of eventsOf(history, 'attempt')) {
    const message = messages.byItem.get(attempt.item ?? '');
    if (message === undefined || message.entry !== undefined) continue;
    if (message.mode === undefined) report.undecided(`in which mode ${message.item} entered`);
    else if (message.mode !== 'ON' && attempt.system === 'service') {
      report.exercised();
      report.found(`${message.item} is in ${message.mode}, and the service tried to send it`, {
        items: [message.item],
        by: [attempt],
      });
    }
  }
}

function modeName(message: EnteredMessage): string {
  return message.entry.mode === message.mode ? message.mode : `'${message.entry.mode}', which acts as OFF`;
}
