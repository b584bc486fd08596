// S8 LogTruth: sms_logs has one row per message, and the row agrees with the provider.
import type { Role } from '../../src/contract/message.ts';
import type { Checker } from '../formats/finding.ts';
import type { EventOf } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { eventsOf, isQuiescent } from '../history/events-of.ts';
import { groupBy } from '../history/group-by.ts';
import { messagesOf, showsUuids } from '../history/messages.ts';
import { perHistory } from '../history/per-history.ts';
import { textIn } from '../history/row-values.ts';
import { imageOf, type Row, statusOf, systemRowsOf } from '../history/rows.ts';
import { acceptsBy } from '../history/sends.ts';
import { createReport, nameOf, type CheckerReport } from './report.ts';

const SENT_STATUSES = new Set(['accepted', 'duplicate']);

/** Compares every row that the systems wrote with the provider's acceptances. The rig's own tampering is left out. */
export const logTruth: Checker = {
  property: 'S8',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('S8');
    const rows = systemRowsOf(history, 'sms_logs');
    checkSingle(history, report, rows);
    for (const row of rows) {
      if (row.after === null) continue;
      const claim = claimOf(row);
      // If the uuid of a message was seen nowhere else, its outcome at the provider is unknown.
      if (itemOf(history, claim) === null && !showsUuids(history)) continue;
      if (SENT_STATUSES.has(claim.status)) checkSent(history, report, claim);
      else if (claim.status === 'rejected') checkRejected(history, report, claim);
      else if (claim.status === 'unknown') report.exercised();
    }
    return report.result();
  },
};

/** What one row claims. */
interface Claim {
  readonly row: Row;
  readonly messageUuid: string;
  readonly status: string;
  readonly system: Role;
  readonly providerMessageId: string;
}

function claimOf(row: Row): Claim {
  return {
    row,
    messageUuid: textIn(row.after, 'message_uuid'),
    status: statusOf(row.after),
    system: textIn(row.after, 'source') === 'go' ? 'service' : 'legacy',
    providerMessageId: textIn(row.after, 'provider_message_id'),
  };
}

function checkSingle(history: History, report: CheckerReport, rows: readonly Row[]): void {
  const messages = messagesOf(history);
  const living = new Map<string, { count: number; rows: Row[]; reported: boolean }>();
  for (const row of rows) {
    const messageUuid = textIn(imageOf(row), 'message_uuid');
    const state = living.get(messageUuid) ?? { count: 0, rows: [], reported: false };
    living.set(messageUuid, state);
    state.rows.push(row);
    if (row.operation === 'insert') state.count += 1;
    if (row.operation === 'delete') state.count -= 1;
    if (state.count < 2 || state.reported) continue;
    state.reported = true;
    const item = messages.itemOf(messageUuid)?.item ?? null;
    report.found(`${item ?? messageUuid} has two rows in sms_logs`, { items: [item], by: state.rows });
  }
}

/** A row that claims a send needs an acceptance of the same system and, where it has a provider message id, with the same id. */
function checkSent(history: History, report: CheckerReport, claim: Claim): void {
  const { row, system, status, providerMessageId } = claim;
  const item = itemOf(history, claim);
  const own = item === null ? [] : acceptsBy(history, system, item);
  const name = item ?? claim.messageUuid;
  if (own.length === 0) {
    if (!isQuiescent(history)) {
      report.undecided(`whether ${name} will be sent by ${nameOf(system)}, as sms_logs says already`);
      return;
    }
    report.exercised();
    report.found(`sms_logs says ${name} was ${status} by way of ${nameOf(system)}, which never sent it`, {
      items: [item],
      by: [row],
    });
    return;
  }
  report.exercised();
  if (isIdTrue(claim, own)) return;
  const real = own.map((accept) => accept.providerMessageId).join(', ');
  const claimed = providerMessageId === '' ? 'no provider message id' : `the provider message id ${providerMessageId}`;
  report.found(`sms_logs has ${claimed} for ${name}; the provider's is ${real}`, { items: [item], by: [row, ...own] });
}

/** The item that a row is about: by its uuid or, failing that, by the id at the provider. */
function itemOf(history: History, claim: Claim): string | null {
  return messagesOf(history).itemOf(claim.messageUuid)?.item ?? itemById(history, claim);
}

/** The item that the system's provider accepted under the id in the row. */
function itemById(history: History, { system, providerMessageId }: Claim): string | null {
  const accepts = acceptsById(history).get(providerMessageId) ?? [];
  return accepts.find((accept) => accept.system === system)?.item ?? null;
}

const acceptsById = perHistory((history) => groupBy(eventsOf(history, 'accept'), (accept) => accept.providerMessageId));

/** A row about a send of the service must have the provider's id; one about the legacy app's may lack it, but must not have a wrong one. */
function isIdTrue(claim: Claim, accepts: readonly EventOf<'accept'>[]): boolean {
  if (claim.providerMessageId === '') return claim.system === 'legacy';
  return accepts.some((accept) => accept.providerMessageId === claim.providerMessageId);
}

/** A row that claims a rejection is false when that system's attempt was accepted. */
function checkRejected(history: History, report: CheckerReport, claim: Claim): void {
  report.exercised();
  const message = messagesOf(history).itemOf(claim.messageUuid);
  if (message === undefined) return;
  const accepts = acceptsBy(history, claim.system, message.item);
  if (accepts.length === 0) return;
  report.found(`sms_logs says ${message.item} was rejected, and ${nameOf(claim.system)} had sent it`, {
    items: [message.item],
    by: [claim.row, ...accepts],
  });
}
