// By which mode a message was handled, as far as its events show: what only one of the modes does.
import type { Mode } from '../../src/contract/mode.ts';
import type { HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { requestsWith } from './calls.ts';
import type { EnteredMessage } from './messages.ts';
import { sendsByItem } from './sends.ts';

/** Something that happens to a message in one mode only. */
export interface ModeSign {
  readonly mode: Mode;
  readonly event: HistoryEvent;
}

/** A rehearsal is a sign of SHADOW; a request to send, and an attempt of the service, are signs of ON. A legacy send may be of any mode. */
export function modeSigns(history: History, { item, entry }: EnteredMessage): readonly ModeSign[] {
  const requests = requestsWith(history, entry.messageUuid).map((event): ModeSign => ({
    mode: event.dryRun === true ? 'SHADOW' : 'ON',
    event,
  }));
  const sends = sendsByItem(history).get(item) ?? [];
  const attempts = sends.flatMap(({ attempt }): ModeSign[] =>
    attempt.system === 'service' ? [{ mode: 'ON', event: attempt }] : [],
  );
  return [...requests, ...attempts];
}
