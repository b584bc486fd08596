// S21 LogEvidence: every rehearsal and every fallback logs its line, and no such line is logged without its event.
import type { Role } from '../../src/contract/message.ts';
import type { EventOf, HistoryEvent } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { callsAt } from '../history/calls.ts';
import { eventsOf, isQuiescent } from '../history/events-of.ts';
import { mayHaveDiedAt } from '../history/excuse-windows.ts';
import { DRY_RUN_LINE, FALLBACK_LINE, linesWith, numbersIn } from '../history/log-lines.ts';
import { messagesOf, showsUuids } from '../history/messages.ts';
import { NameFinder } from '../history/name-finder.ts';
import { perHistory } from '../history/per-history.ts';
import { serviceGone } from '../history/windows.ts';
import { createReport, type CheckerReport } from './report.ts';

/** Compares the two demanded lines with the rehearsals at the back tap and with the attempts at the legacy app's provider. */
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

function checkRehearsals(history: History, report: CheckerReport): void {
  const lines = readLines(history, { process: 'service', text: DRY_RUN_LINE });
  const logged = new Set(lines.flatMap(({ uuids }) => uuids));
  const messages = messagesOf(history);
  const requested = new Set<string>();
  for (const { request, dryRun, end } of callsAt(history, 'back')) {
    if (request === undefined || dryRun !== true) continue;
    for (const messageUuid of request.uuids) {
      if (messageUuid === '') continue;
      requested.add(messageUuid);
      // A batch that the service refused was not rehearsed.
      if (end?.kind === 'answer' && end.status > 299) continue;
      // A request that found no process was not rehearsed.
      if (end?.kind !== 'answer' && serviceGone(history).someMayOverlap(request)) continue;
      if (logged.has(messageUuid)) {
        report.exercised();
        continue;
      }
      const item = messages.itemOf(messageUuid)?.item ?? null;
      judgeAbsence(history, report, {
        item,
        process: 'service',
        message: `${item ?? messageUuid} was requested as a rehearsal, and the service logged no ${DRY_RUN_LINE} line for it`,
        by: request,
      });
    }
  }
  for (const { line, uuids } of lines) {
    const known = uuids[0];
    if (known === undefined) {
      report.undecided(`which message a ${DRY_RUN_LINE} line is about`);
      continue;
    }
    report.exercised();
    if (uuids.some((messageUuid) => requested.has(messageUuid))) continue;
    const item = messages.itemOf(known)?.item ?? null;
    report.found(`the service logged a rehearsal of ${item ?? known} that was not requested`, {
      items: [item],
      by: [line],
    });
  }
}

function checkFallbacks(history: History, report: CheckerReport): void {
  const lines = readLines(history, { process: 'legacy', text: FALLBACK_LINE });
  const logged = new Set<unknown>(lines.flatMap(({ uuids, tenantIds }) => [...uuids, ...tenantIds]));
  const messages = messagesOf(history);
  const batches = loggedBatches(history, lines);
  const sent = new Set<unknown>();
  for (const attempt of eventsOf(history, 'attempt')) {
    const message = messages.byItem.get(attempt.item ?? '');
    if (attempt.system !== 'legacy' || message === undefined) continue;
    if (message.mode === 'OFF' || message.mode === 'SHADOW') continue;
    sent.add(message.item).add(message.entry?.messageUuid).add(message.tenantId);
    // Its line may name a uuid that was seen nowhere else.
    if (message.entry === undefined && !showsUuids(history)) continue;
    if (logged.has(message.entry?.messageUuid) || logged.has(message.tenantId) || batches.has(message.campaign)) {
      report.exercised();
      continue;
    }
    // It may have entered in a mode that needs no line.
    if (message.mode === undefined) continue;
    judgeAbsence(history, report, {
      item: message.item,
      process: 'legacy',
      message: `${message.item} was sent by the legacy app in ON, and no ${FALLBACK_LINE} line says so`,
      by: attempt,
    });
  }
  for (const { line, uuids, tenantIds } of lines) {
    const items = uuids.map((uuid) => messages.itemOf(uuid)?.item);
    if ([...items, ...uuids, ...tenantIds].some((name) => sent.has(name))) {
      report.exercised();
      continue;
    }
    const item = itemNamed(history, uuids);
    const isOurs = uuids.length > 0 || tenantIds.length > 0;
    if (!isOurs) {
      if (showsUuids(history) && history.readings.fallbackLog === 'message')
        report.undecided(`whose fallback a ${FALLBACK_LINE} line is about`);
    } else {
      judgeAbsence(history, report, {
        item,
        process: 'legacy',
        message: `the legacy app logged a fallback${item === null ? '' : ` for ${item}`}, and sent nothing in ON`,
        by: line,
      });
    }
  }
}

/**
 * The campaigns whose fallback a line logs, under a reading by which one line is enough for a batch: those with a message that a line
 * names, and all campaigns if a line names neither a message nor a tenant.
 */
function loggedBatches(history: History, lines: readonly ReadLine[]): { has(campaign: string): boolean } {
  if (history.readings.fallbackLog === 'message') return new Set();
  if (lines.some(({ uuids, tenantIds: named }) => uuids.length + named.length === 0)) return { has: () => true };
  const { itemOf } = messagesOf(history);
  return new Set(lines.flatMap(({ uuids }) => uuids.map((uuid) => itemOf(uuid)?.campaign ?? '')));
}

/** Judges a line without its event, or an event without its line, unless the process may have died meanwhile. */
function judgeAbsence(
  history: History,
  report: CheckerReport,
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

/** A log line, with the messages or tenants that it names. */
interface ReadLine {
  readonly line: EventOf<'log'>;
  readonly uuids: readonly string[];
  /** The tenants' ids in a line that names no uuid: it may be about any of their messages. */
  readonly tenantIds: readonly number[];
}

function readLines(history: History, sought: { process: Role; text: string }): ReadLine[] {
  const lines = linesWith(history, sought);
  if (lines.length === 0) return [];
  const finder = new NameFinder(uuidsOf(history));
  return lines.map((line) => {
    const uuids = finder.namesIn(line.line);
    const named = uuids.length > 0 ? [] : numbersIn(line.line).filter((id) => tenantIds(history).has(id));
    return { line, uuids, tenantIds: named };
  });
}

/** The ids of the tenants that have messages. */
const tenantIds = perHistory((history) => new Set(messagesOf(history).all.map(({ tenantId }) => tenantId)));

/** The first item, by entry, that got one of the uuids; null when there is none. */
function itemNamed(history: History, uuids: readonly string[]): string | null {
  const places = uuids.flatMap((messageUuid) => entryPlaces(history).get(messageUuid) ?? []);
  return messagesOf(history).entered[Math.min(...places)]?.item ?? null;
}

/** The index of each message in `entered`, by its uuid. */
const entryPlaces = perHistory((history) => {
  const places = new Map<string, number>();
  for (const [place, { entry }] of messagesOf(history).entered.entries()) {
    if (!places.has(entry.messageUuid)) places.set(entry.messageUuid, place);
  }
  return places;
});

function uuidsOf(history: History): string[] {
  const carried = [...callsAt(history, 'front'), ...callsAt(history, 'back')].flatMap((call) => call.uuids);
  const entered = eventsOf(history, 'entry').map((entry) => entry.messageUuid);
  return [...carried, ...entered].filter((messageUuid) => messageUuid !== '');
}
