// S6 UuidOnce: each message has exactly one uuid, made before anything is sent and never changed; an item without one is rejected.
import type { EventOf, HistoryEvent } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { callsAt, requestsWith } from '../history/calls.ts';
import { eventsOf } from '../history/events-of.ts';
import { groupBy } from '../history/group-by.ts';
import { itemFinderOf, messagesOf } from '../history/messages.ts';
import { triggersOf } from '../history/occasions.ts';
import { order } from '../history/ordering.ts';
import { textIn } from '../history/row-values.ts';
import { systemRowsOf } from '../history/rows.ts';
import { sendsByItem } from '../history/sends.ts';
import { createReport, listed, type CheckerReport } from './report.ts';

/** Follows every uuid from the row in which it is made over the wire into the logs. */
export const uuidOnce: Checker = {
  property: 'S6',
  vantages: ['wire', 'database', 'entry'],
  check(history) {
    const report = createReport('S6');
    checkConstancy(history, report);
    checkInjectivity(history, report);
    checkFirst(history, report);
    checkKnown(history, report);
    checkMissing(history, report);
    return report.result();
  },
};

/** One item never has two uuids. */
function checkConstancy(history: History, report: CheckerReport): void {
  const rows = systemRowsOf(history, 'campaign_sms').filter((row) => textIn(row.after, 'message_uuid') !== '');
  const finder = itemFinderOf(history);
  const byItem = groupBy(rows, ({ after }) => finder.find(textIn(after, 'phone'), textIn(after, 'body'))?.item);
  for (const { item } of history.items) {
    const own = byItem.get(item) ?? [];
    const uuids = [...new Set(own.map((row) => textIn(row.after, 'message_uuid')))];
    if (uuids.length > 1)
      report.found(`${item} was given ${uuids.length} uuids: ${listed(uuids)}`, { items: [item], by: own });
  }
}

/** No two items share a uuid. */
function checkInjectivity(history: History, report: CheckerReport): void {
  const owners = new Map<string, EventOf<'entry'>>();
  for (const entry of eventsOf(history, 'entry')) {
    const owner = owners.get(entry.messageUuid);
    if (owner === undefined) owners.set(entry.messageUuid, entry);
    else if (owner.item !== entry.item) {
      report.found(`${owner.item} and ${entry.item} share the uuid ${entry.messageUuid}`, {
        items: [owner.item, entry.item],
        by: [owner, entry],
      });
    }
  }
}

/** The uuid exists before the first request that carries it and before the first attempt to send the item. */
function checkFirst(history: History, report: CheckerReport): void {
  const sends = sendsByItem(history);
  for (const message of messagesOf(history).all) {
    const { entry, item } = message;
    const uses: HistoryEvent[] = (sends.get(item) ?? []).map(({ attempt }) => attempt);
    if (entry === undefined) {
      if (uses.length > 0) report.found(`${item} was tried and never had a uuid`, { items: [item], by: uses });
      continue;
    }
    uses.push(...requestsWith(history, entry.messageUuid));
    const early = uses.filter((use) => order(entry, use) === 'after');
    if (early.length > 0)
      report.found(`${item} was requested or tried before it had its uuid`, { items: [item], by: [...early, entry] });
    // A fast system sends within a millisecond of its commit. A message that two observers cannot order does not exercise the property.
    else if (uses.some((use) => order(entry, use) === 'undecided')) continue;
    report.exercised();
  }
}

/** Every uuid in a request or a row belongs to an item. */
function checkKnown(history: History, report: CheckerReport): void {
  const known = new Set(eventsOf(history, 'entry').map((entry) => entry.messageUuid));
  for (const row of systemRowsOf(history, 'campaign_sms')) known.add(textIn(row.after, 'message_uuid'));
  const strangers = new Map<string, { where: string; event: HistoryEvent }[]>();
  const meet = (messageUuid: string, where: string, event: HistoryEvent): void => {
    if (messageUuid === '' || known.has(messageUuid)) return;
    const seen = strangers.get(messageUuid);
    if (seen === undefined) strangers.set(messageUuid, [{ where, event }]);
    else seen.push({ where, event });
  };
  for (const { request } of callsAt(history, 'front')) {
    for (const messageUuid of request?.uuids ?? []) if (request !== undefined) meet(messageUuid, 'a request', request);
  }
  for (const table of ['sms_logs', 'go_sms_logs', 'send_authority', 'quota_ledger']) {
    for (const row of systemRowsOf(history, table)) meet(textIn(row.after, 'message_uuid'), table, row);
  }
  for (const [messageUuid, seen] of strangers) {
    const places = listed([...new Set(seen.map(({ where }) => where))]);
    report.found(`the uuid ${messageUuid} in ${places} belongs to no item`, {
      items: [],
      by: seen.map(({ event }) => event),
    });
  }
}

/** An item whose uuid arrives blank never gets one, and no request carries a blank uuid. */
function checkMissing(history: History, report: CheckerReport): void {
  for (const call of callsAt(history, 'front')) {
    if (!call.uuids.includes('')) continue;
    report.found('a request to the service lacks a uuid', { items: [], by: [call.request] });
  }
  const messages = messagesOf(history);
  for (const fault of history.scenario.faults) {
    if (fault.kind !== 'missing-uuid') continue;
    const message = messages.byItem.get(fault.item);
    if (triggersOf(history, message?.campaign).length === 0) continue;
    report.exercised();
    if (message?.entry === undefined) continue;
    report.found(`${fault.item} came without a uuid and was given one`, { items: [fault.item], by: [message.entry] });
  }
}
