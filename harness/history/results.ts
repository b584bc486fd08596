// The service's results for single messages, read at the back tap, before a network fault can change its answers.
import type { EventOf } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { answerOf, callsAt } from './calls.ts';
import { perHistory } from './per-history.ts';
import { wordOf } from './status-word.ts';

/** The result of one message in one whole answer. */
export interface ServiceResult {
  readonly messageUuid: string;
  /** The status word, with the alias resolved. */
  readonly status: string;
  readonly answer: EventOf<'answer'>;
}

/** The results of live calls, in order. A rehearsal says nothing about a send, and a call whose request was not seen may be a rehearsal. */
export const liveResults: (history: History) => readonly ServiceResult[] = perHistory((history) =>
  callsAt(history, 'back').flatMap((call) => {
    const answer = answerOf(call);
    if (answer === undefined || call.dryRun !== false) return [];
    return answer.results.map(({ messageUuid, status }) => ({ messageUuid, status: wordOf(status), answer }));
  }),
);
