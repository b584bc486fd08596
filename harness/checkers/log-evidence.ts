// S21 LogEvidence: every rehearsal and every fallback leaves its line in the log, and no line is there without its event.
import type { Role } from '../../src/contract/message.ts';
import type { EventOf, HistoryEvent } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { callsAt } from '../history/calls.ts';
import { eventsOf, isQuiescent } from '../history/events-of.ts';
import { mayHaveDiedAt } from '../history/excuse-windows.ts';
import { DRY_RUN_LINE, FALLBACK_LINE, linesWith, namesNumber } from '../history/log-lines.ts';
import { messagesOf, type TrackedMessage } from '../history/messages.ts';
import { createReport, type Report } from './report.ts';

/** Holds the two demanded lines against the rehearsals behind the network and the attempts at the legacy app's provider. */
export const logEvidence: Checker = {
  property: 'S21',
  vantages: ['wire', 'database', 'log'],
  check(history) {
    const report = createReport('S21');
    checkRehearsals(history, report);
    checkFallbacks(history, report);
    return report.result();
  },
};

function checkRehearsals(history: History, report: Report): void {
  const lines = linesWith(history, { process: 'service', text: DRY_RUN_LINE });
  const messages = messagesOf(history);
  const requested = new Map<string, EventOf<'request'>>();
  for (const { request, dryRun, end } of callsAt(history, 'back')) {
    if (request === undefined || dryRun !== true) continue;
    for (const messageUuid of request.uuids) {
      if (messageUuid === '') continue;
      if (!requested.has(messageUuid)) requested.set(messageUuid, request);
      // What the service turned down as a whole it did not rehearse.
      if (end?.kind === 'answer' && end.status > 299) continue;
      if (lines.some((line) => line.line.includes(messageUuid))) {
        report.exercised();
        continue;
      }
      const item = messages.itemOf(messageUuid)?.item ?? null;
      judgeAbsence(history, report, {
        item,
        process: 'service',
        message: `${item ?? messageUuid} was to be rehearsed, and the service left no ${DRY_RUN_LINE} line for it`,
        by: request,
      });
    }
  }
  for (const line of lines) {
    const known = mentioned(line, uuidsOf(history))[0];
    if (known === undefined) {
      report.undecided(`which message a ${DRY_RUN_LINE} line speaks of`);
      continue;
    }
    report.exercised();
    if (mentioned(line, requested.keys()).length > 0) continue;
    const item = messages.itemOf(known)?.item ?? null;
    report.found(`the service logged a rehearsal of ${item ?? known} that nobody asked for`, {
      items: [item],
      by: [line],
    });
  }
}

function checkFallbacks(history: History, report: Report): void {
  const lines = linesWith(history, { process: 'legacy', text: FALLBACK_LINE });
  const uuids = lines.length === 0 ? [] : uuidsOf(history);
  const vague = lines.filter((line) => mentioned(line, uuids).length === 0);
  const messages = messagesOf(history);
  const fallbacks = eventsOf(history, 'attempt').flatMap((attempt) => {
    const message = messages.byItem.get(attempt.item ?? '');
    return attempt.system === 'legacy' && message?.mode === 'ON' ? [{ attempt, message }] : [];
  });
  for (const { attempt, message } of fallbacks) {
    if (lines.some((line) => isNamed(line, message)) || vague.some((line) => isOfTenant(line, message))) {
      report.exercised();
      continue;
    }
    judgeAbsence(history, report, {
      item: message.item,
      process: 'legacy',
      message: `${message.item} was sent by the legacy app in ON, and no ${FALLBACK_LINE} line says so`,
      by: attempt,
    });
  }
  for (const line of lines) {
    const isVague = vague.includes(line);
    if (fallbacks.some(({ message }) => (isVague ? isOfTenant(line, message) : isNamed(line, message)))) {
      report.exercised();
      continue;
    }
    const item = messages.all.find((message) => isNamed(line, message))?.item ?? null;
    const isOurs = !isVague || messages.all.some((message) => isOfTenant(line, message));
    if (!isOurs) report.undecided(`whose fallback a ${FALLBACK_LINE} line speaks of`);
    else {
      judgeAbsence(history, report, {
        item,
        process: 'legacy',
        message: `the legacy app logged a fallback${item === null ? '' : ` for ${item}`}, and sent nothing in ON`,
        by: line,
      });
    }
  }
}

/** One half is there and the other is not. It may still come, or the process crashed meanwhile or was down; else it is a lie. */
function judgeAbsence(
  history: History,
  report: Report,
  absence: { item: string | null; process: Role; message: string; by: HistoryEvent },
): void {
  if (mayHaveDiedAt(history, absence.process, absence.by)) return;
  if (!isQuiescent(history)) {
    report.undecided(`${absence.message}, so far`);
    return;
  }
  report.exercised();
  report.found(absence.message, { items: [absence.item], by: [absence.by] });
}

function isNamed(line: EventOf<'log'>, message: TrackedMessage): boolean {
  return message.entry !== undefined && line.line.includes(message.entry.messageUuid);
}

function isOfTenant(line: EventOf<'log'>, message: TrackedMessage): boolean {
  return message.tenantId !== undefined && namesNumber(line.line, message.tenantId);
}

function mentioned(line: EventOf<'log'>, uuids: Iterable<string>): string[] {
  return [...uuids].filter((messageUuid) => line.line.includes(messageUuid));
}

function uuidsOf(history: History): string[] {
  const carried = [...callsAt(history, 'front'), ...callsAt(history, 'back')].flatMap((call) => call.uuids);
  const entered = eventsOf(history, 'entry').map((entry) => entry.messageUuid);
  return [...new Set([...carried, ...entered])].filter((messageUuid) => messageUuid !== '');
}
