// The receipt of refused connections. No tap can see them, so the legacy app's behaviour has to show them.
import type { HistoryEvent } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import type { FaultOf } from '../../faults/catalogue.ts';
import { answerOf, type Call, callsAt } from '../calls.ts';
import { eventsOf } from '../events-of.ts';
import { FALLBACK_LINE } from '../log-lines.ts';
import { itemsOf, messagesOf, showsUuids } from '../messages.ts';
import { perHistory } from '../per-history.ts';
import { plannedWindow } from '../planned-window.ts';
import { numberIn, textIn } from '../row-values.ts';
import { systemRowsOf } from '../rows.ts';
import { SpanIndex } from '../span-index.ts';
import { possibleSpan } from '../window-index.ts';
import type { Span, Window } from '../window.ts';
import { surelyCovers } from '../windows.ts';
import { missing, type PlannedFault, type ReceiptEvidence, strongest, tookEffect } from './receipt-evidence.ts';

/** An answered call in the window disproves the fault. Without one, a fallback or a counted failure without a call proves it. */
export function receiptOfRefuse(planned: PlannedFault<FaultOf<'refuse'>>): ReceiptEvidence {
  const { history, index, fault } = planned;
  const window = plannedWindow(history, index, fault);
  const answered = calls(history)
    .touching(possibleSpan(window))
    .find((call) => call.request !== undefined && answerOf(call) !== undefined && surelyCovers(window, spanOf(call)));
  const evidences = [
    // A call that was answered contradicts the fault, even if other calls failed in the window.
    answered === undefined
      ? undefined
      : missing('a call was answered while connections had to be refused', [answered.request, answered.end]),
  ];
  if (answered === undefined) evidences.push(...effects(history, window));
  return strongest(evidences, 'no call had to be made in its window');
}

function effects(history: History, window: Window): (ReceiptEvidence | undefined)[] {
  const inside = (event: HistoryEvent): boolean => surelyCovers(window, event);
  const line = eventsOf(history, 'log').find((event) => event.line.includes(FALLBACK_LINE) && inside(event));
  const row = systemRowsOf(history, 'messaging_breakers').find((event) => inside(event) && countsFailure(event));
  return [
    unannouncedAttempt(history, inside),
    row === undefined ? undefined : tookEffect('the breaker counted a failure although no call was seen', [row]),
    line === undefined ? undefined : tookEffect('the legacy app fell back although no call was seen', [line]),
  ];
}

/** The legacy app sent a message in ON although no call carried it: the connection must have been refused. */
function unannouncedAttempt(history: History, inside: (event: HistoryEvent) => boolean): ReceiptEvidence | undefined {
  const messages = messagesOf(history);
  for (const attempt of eventsOf(history, 'attempt')) {
    if (attempt.system !== 'legacy' || attempt.item === null || !inside(attempt)) continue;
    const message = messages.byItem.get(attempt.item);
    if (message?.mode !== 'ON' || (message.entry === undefined && showsUuids(history))) continue;
    if (carriedItems(history).has(attempt.item)) continue;
    return tookEffect(`${attempt.item} was sent by the legacy app in ON although no call was seen`, [attempt]);
  }
  return undefined;
}

/** The items that were in a request at the front tap. */
const carriedItems = perHistory((history) => {
  const uuids = callsAt(history, 'front').flatMap((call) => call.uuids);
  return new Set(itemsOf(history, uuids));
});

function countsFailure(row: ReturnType<typeof systemRowsOf>[number]): boolean {
  if (textIn(row.after, 'state').toUpperCase() === 'OPEN' && textIn(row.before, 'state').toUpperCase() !== 'OPEN')
    return true;
  return (numberIn(row.after, 'failures') ?? 0) > (numberIn(row.before, 'failures') ?? 0);
}

const calls = perHistory((history) => new SpanIndex(callsAt(history, 'front'), spanOf));

function spanOf({ startMicros, endMicros }: Call): Span {
  return { earliest: startMicros, latest: endMicros };
}
