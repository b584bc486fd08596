// The receipt of a planted breaker: its row says OPEN or, where the breaker is not observed, a message of that time caused no call.
import type { FaultOf } from '../../faults/catalogue.ts';
import type { EventOf, HistoryEvent } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import type { Breaker } from '../breaker-spells.ts';
import { type Call, callsAt } from '../calls.ts';
import { eventsOf } from '../events-of.ts';
import { messagesOf } from '../messages.ts';
import { mayBePlanted, plantedBreakers, type PlantedBreaker } from '../planted-breakers.ts';
import { textIn } from '../row-values.ts';
import { rowsOf } from '../rows.ts';
import { breakerWindows, downIndex } from '../windows.ts';
import { idle, missing, type PlannedFault, type ReceiptEvidence, tookEffect } from './receipt-evidence.ts';
import { absent, rank } from './rig-actions.ts';

type PlannedBreakerFault = PlannedFault<FaultOf<'breaker-open'>>;

/** Each planted opening takes the next row with OPEN that the rig may have caused. */
export function receiptOfBreakerOpen(planned: PlannedBreakerFault): ReceiptEvidence {
  const { history, fault, index } = planned;
  if (!history.vantages.includes('breaker')) return receiptOfUnseen(planned);
  const place = rank(history, index, (other) => other.kind === 'breaker-open' && other.breaker === fault.breaker);
  const planted = rowsOf(history, 'messaging_breakers').filter((row) => {
    const name = textIn(row.after, 'name');
    const isOpen = textIn(row.after, 'state').toUpperCase() === 'OPEN';
    return mayBePlanted(history, row) && isOpen && (name === '' || name === fault.breaker);
  });
  const row = planted[place] ?? planted.at(-1);
  if (row !== undefined) return tookEffect(`the ${fault.breaker} breaker was put into OPEN`, [row]);
  if (breakerWindows(history, fault.breaker, ['OPEN']).length > 0) return idle('the breaker was OPEN already');
  return absent(history, `the ${fault.breaker} breaker was not put into OPEN`);
}

/** Without rows, a call in the window shows that the breaker is not OPEN, and a message that causes no call shows that it is. */
function receiptOfUnseen({ history, fault, index }: PlannedBreakerFault): ReceiptEvidence {
  const planted = plantedBreakers(history).find((each) => each.fault === index);
  if (planted === undefined) return absent(history, `nothing opened the ${fault.breaker} breaker`);
  const { applied } = planted;
  const call = callDuring(history, planted);
  if (call !== undefined)
    return missing(`a call left although the ${fault.breaker} breaker had to be OPEN`, [applied, call]);
  const kept = messageKept(history, planted);
  if (kept === undefined) return idle('no message came while the breaker was OPEN');
  return tookEffect(`the service got no call for ${kept.item} while the ${fault.breaker} breaker was OPEN`, [
    applied,
    kept,
  ]);
}

/** The calls that this breaker guards, of those with a readable request. */
function callsAsking(history: History, breaker: Breaker): readonly Call[] {
  return callsAt(history, 'front').filter(({ dryRun }) => dryRun === (breaker === 'dry'));
}

/** The request of a call that certainly began while the breaker was certainly OPEN. */
function callDuring(history: History, { breaker, window }: PlantedBreaker): HistoryEvent | undefined {
  const slackMicros = history.tolerances.budgetEpsilonMs * 1_000;
  const { fromLatest, untilEarliest } = window;
  return callsAsking(history, breaker).find(
    ({ startMicros, request }) =>
      startMicros - slackMicros >= fromLatest && request !== undefined && request.latest <= untilEarliest,
  )?.request;
}

/**
 * An attempt of the legacy app in the window that only an OPEN breaker explains: no call came before it, no call for its message followed,
 * and the service was reachable.
 */
function messageKept(history: History, { breaker, window }: PlantedBreaker): EventOf<'attempt'> | undefined {
  if (history.scenario.faults.some(({ kind }) => kind === 'refuse')) return undefined;
  const mode = breaker === 'live' ? 'ON' : 'SHADOW';
  // A rehearsal follows the send, within the budget.
  const dueMicros = breaker === 'live' ? 0 : history.tolerances.budgetMs * 1_000;
  const calls = callsAsking(history, breaker);
  return eventsOf(history, 'attempt').find(({ system, item, earliest, latest }) => {
    const message = messagesOf(history).byItem.get(item ?? '');
    if (system !== 'legacy' || message?.mode !== mode) return false;
    if (earliest < window.fromLatest || latest + dueMicros > window.untilEarliest) return false;
    if (downIndex(history, 'service').someMayOverlap({ earliest: window.fromEarliest, latest })) return false;
    const own = message.entry?.messageUuid;
    return calls.every(
      ({ startMicros, uuids }) => startMicros > latest + dueMicros && (own === undefined || !uuids.includes(own)),
    );
  });
}
