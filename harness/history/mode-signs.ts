// In which mode a message was handled, as far as its events show: events that happen in one mode only.
import type { Mode } from '../../src/contract/mode.ts';
import type { HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { requestsWith } from './calls.ts';
import type { EnteredMessage } from './messages.ts';
import { sendsByItem } from './sends.ts';

/** An event of a message that happens in one mode only. */
export interface ModeSign {
  readonly mode: Mode;
  readonly event: HistoryEvent;
}

/**
 * A rehearsal is a sign of SHADOW; a live request and an attempt of the service are signs of ON. A send of the legacy app is no sign: it
 * sends in every mode.
 */
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
