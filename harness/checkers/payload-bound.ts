// S18 PayloadBound: a message keeps its recipient and its text from its entry to the provider; its uuid is accepted for no other payload.
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

/** Compares the sends, the requests at the taps and the rows of the service's log with the items of the scenario. */
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

/** An attempt that was definitely refused reached no recipient, so it is not judged. */
function checkSends(history: History, report: CheckerReport): void {
  for (const { attempt, accept, reject, possiblyAccepted } of sendsOf(history)) {
    if (!possiblyAccepted || !isOwn(history, attempt)) continue;
    report.exercised();
    const item = payloadsOf(history).get(attempt.item ?? '');
    const by = [attempt, accept, reject];
    if (item === undefined) {
      const sent = `${nameOf(attempt.system)} sent a text to ${attempt.recipient}`;
      report.found(`${sent}, and no message has that text and that number`, { items: [], by });
    } else if (attempt.body !== item.body) {
      report.found(`${nameOf(attempt.system)} sent ${item.item} with another text than its own`, {
        items: [item.item],
        by,
      });
    }
  }
}

/** Whether an attempt belongs to this run. A late attempt of another run uses the account of another run's tenant. */
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
          place: `was requested at the ${tap} tap`,
          isRecipient: recipient === item.recipient,
          isBody: bodyDigest === item.bodyDigest,
          event: request,
        });
      }
    }
  }
}

/** A log without columns for the recipient and the text is not judged. */
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

/** The answers that say that the message was accepted, now or before. */
const TAKEN: ReadonlySet<string | null> = new Set(['accepted', 'duplicate']);

/** The answers that refuse the request. `rejected` says that nothing was sent under the uuid. */
const REFUSED: ReadonlySet<string | null> = new Set(['conflict', 'rejected']);

/**
 * When a client repeats a uuid with another payload, the service must not say that it sent that payload. An answer that neither accepts nor
 * refuses does not exercise the property: what is sent after it is judged like every send.
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
    report.found(`the service answered ${result} when ${item.item} was requested with ${other}`, {
      items: [item.item],
      by: [repeat],
    });
  }
}

/** The item that got this uuid at its entry. Later rows with the uuid do not count, because they are what is judged. */
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
