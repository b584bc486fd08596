// How the legacy app can know the outcome that it logs for a send of the service: from an answer or, without one, from the row of the
// authority.
import { answerOf, callsWith } from '../calls.ts';
import type { EventOf } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { type AuthorityRow, authorityRowsOf } from '../authority-rows.ts';
import { order } from '../ordering.ts';
import { textIn } from '../row-values.ts';

/** The states of the authority that say what happened to a send. */
const DECIDED: ReadonlySet<string> = new Set(['SENT', 'NOT_SENT', 'UNKNOWN']);

/** The row of the authority that a log row about a send of the service was based on; undefined when an answer had said it before. */
export function authorityReadFor(history: History, logRow: EventOf<'row'>): AuthorityRow | undefined {
  const messageUuid = textIn(logRow.after, 'message_uuid');
  if (logRow.table !== 'sms_logs' || textIn(logRow.after, 'source') !== 'go' || messageUuid === '') return undefined;
  if (isAnswered(history, messageUuid, logRow)) return undefined;
  return authorityRowsOf(history, messageUuid).findLast(
    ({ row, state }) => DECIDED.has(state) && row.seq < logRow.seq && order(row, logRow) !== 'after',
  );
}

/** Whether an answer that may have come before the log row said what happened to the message. */
function isAnswered(history: History, messageUuid: string, logRow: EventOf<'row'>): boolean {
  return callsWith(history, 'front', messageUuid).some((call) => {
    const answer = answerOf(call);
    if (answer === undefined || order(answer, logRow) === 'after') return false;
    return answer.results.some((result) => result.messageUuid === messageUuid && result.status !== 'in_progress');
  });
}
