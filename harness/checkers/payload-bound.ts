// S18 PayloadBound: a message keeps its recipient and its text from its entry to the provider, and its uuid serves no other payload.
import type { EventOf, HistoryEvent } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { bodyDigestOf } from '../history/body-digest.ts';
import { callsAt } from '../history/calls.ts';
import { eventsOf } from '../history/events-of.ts';
import { messagesOf } from '../history/messages.ts';
import { perHistory } from '../history/per-history.ts';
import { textIn } from '../history/row-values.ts';
import { systemRowsOf } from '../history/rows.ts';
import { sendsOf } from '../history/sends.ts';
import { createReport, nameOf, type CheckerReport } from './report.ts';

/** Holds what the provider was asked for, what passed the taps and what the service logged against the items of the scenario. */
export const payloadBound: Checker = {
  property: 'S18',
  vantages: ['wire'],
  check(history) {
    const report = createReport('S18');
    checkSends(history, report);
    if (history.vantages.includes('payload')) checkRequests(history, report);
    checkLog(history, report);
    checkRepeats(history, report);
    return report.result();
  },
};

type Item = History['items'][number];

/** An item with the digest of its text, which the taps report. */
interface Payload extends Item {
  readonly bodyDigest: string;
}

const payloadsOf = perHistory(
  (history) =>
    new Map(
      history.items.map((item): [string, Payload] => [item.item, { ...item, bodyDigest: bodyDigestOf(item.body) }]),
    ),
);

/** A message that was certainly refused reached no recipient. */
function checkSends(history: History, report: CheckerReport): void {
  for (const { attempt, accept, reject, possiblyAccepted } of sendsOf(history)) {
    if (!possiblyAccepted || !isOwn(history, attempt)) continue;
    report.exercised();
    const item = payloadsOf(history).get(attempt.item ?? '');
    const by = [attempt, accept, reject];
    if (item === undefined) {
      const sent = `${nameOf(attempt.system)} sent a text to ${attempt.recipient}`;
      report.found(`${sent}, and no message of that text was for that number`, { items: [], by });
    } else if (attempt.body !== item.body) {
      report.found(`${nameOf(attempt.system)} sent ${item.item} with another text than its own`, {
        items: [item.item],
        by,
      });
    }
  }
}

/** A late remain of another run is sent with the account of another run's tenant. */
function isOwn(history: History, { item, account }: EventOf<'attempt'>): boolean {
  return item !== null || history.tenants.some((tenant) => tenant.account === account);
}

function checkRequests(history: History, report: CheckerReport): void {
  for (const tap of ['front', 'back'] as const) {
    for (const { request } of callsAt(history, tap)) {
      for (const { messageUuid, recipient, bodyDigest } of request?.messages ?? []) {
        const item = payloadOf(history, messageUuid);
        if (item === undefined) continue;
        compare(report, {
          item,
          place: `was asked for at the ${tap} tap`,
          isRecipient: recipient === item.recipient,
          isBody: bodyDigest === item.bodyDigest,
          event: request,
        });
      }
    }
  }
}

/** A system whose log has no such columns shows nothing here. */
function checkLog(history: History, report: CheckerReport): void {
  for (const row of systemRowsOf(history, 'go_sms_logs')) {
    const item = payloadOf(history, textIn(row.after, 'message_uuid'));
    const [recipient, body] = [textIn(row.after, 'recipient'), textIn(row.after, 'body')];
    if (item === undefined || row.operation !== 'insert' || recipient === '' || body === '') continue;
    compare(report, {
      item,
      place: 'is in go_sms_logs',
      isRecipient: recipient === item.recipient,
      isBody: body === item.body,
      event: row,
    });
  }
}

/** Answers that take a request for what was accepted or will be. */
const TAKEN: ReadonlySet<string | null> = new Set(['accepted', 'duplicate']);

/** Answers that refuse it. `rejected` says that nothing was sent under the uuid. */
const REFUSED: ReadonlySet<string | null> = new Set(['conflict', 'rejected']);

/**
 * A client asked for a uuid with another payload: the service must not say that it has sent that. An answer that says neither is no chance,
 * for what is then sent is judged like every send.
 */
function checkRepeats(history: History, report: CheckerReport): void {
  for (const repeat of eventsOf(history, 'repeat')) {
    const { messageUuid, recipient, bodyDigest, status, result } = repeat;
    const item = payloadOf(history, messageUuid);
    if (item === undefined || (recipient === item.recipient && bodyDigest === item.bodyDigest)) continue;
    const isTaken = TAKEN.has(result);
    const isRefused = REFUSED.has(result) || (status !== null && status >= 400 && status < 500);
    if (isTaken || isRefused) report.exercised();
    if (!isTaken) continue;
    const other = recipient === item.recipient ? 'another text' : 'another number';
    report.found(`the service answered ${result} when ${item.item} was asked for with ${other}`, {
      items: [item.item],
      by: [repeat],
    });
  }
}

/** The item that was given this uuid at its entry: what later rows say of a uuid is what is judged here. */
function payloadOf(history: History, messageUuid: string): Payload | undefined {
  const message = messagesOf(history).itemOf(messageUuid);
  return message?.entry?.messageUuid === messageUuid ? payloadsOf(history).get(message.item) : undefined;
}

interface Comparison {
  readonly item: Item;
  readonly place: string;
  readonly isRecipient: boolean;
  readonly isBody: boolean;
  readonly event: HistoryEvent | undefined;
}

function compare(report: CheckerReport, { item, place, isRecipient, isBody, event }: Comparison): void {
  report.exercised();
  if (isRecipient && isBody) return;
  const other = isBody ? 'another number' : isRecipient ? 'another text' : 'another number and another text';
  report.found(`${item.item} ${place} with ${other} than its own`, { items: [item.item], by: [event] });
}
