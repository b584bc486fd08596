// What a message must cost, by the provider's acceptances and the readings.
import type { Role } from '../../src/contract/message.ts';
import type { Mode } from '../../src/contract/mode.ts';
import type { History } from '../formats/history.ts';
import { isQuiescent } from '../history/events-of.ts';
import { groupBy } from '../history/group-by.ts';
import { messagesOf, showsUuids, type TrackedMessage } from '../history/messages.ts';
import { finalLogs } from '../history/rows.ts';
import { perHistory } from '../history/per-history.ts';
import { acceptsByItem, sendsByItem } from '../history/sends.ts';

/** The least and the most units that one message may cost. They differ while its outcome is open, or when it ended as unknown. */
export interface Charge {
  readonly message: TrackedMessage;
  readonly least: 0 | 1;
  readonly most: 0 | 1;
  /** True when nothing shows whether the message must be charged: its mode is unknown, or it ended as unknown and stays reserved. */
  readonly isUnknown: boolean;
  /** The reason, as the last clause of a sentence. */
  readonly why: string;
}

/** The charges of all messages, and of items that were sent without an entry. */
const chargesOf = perHistory((history): readonly Charge[] => {
  const accepts = acceptsByItem(history);
  const sends = sendsByItem(history);
  const logs = finalLogs(history);
  const hasQuiesced = isQuiescent(history);
  // A log row that says unknown, with a uuid of no known message, may belong to any message.
  const hasUnnamedDoubt = [...logs].some(
    ([uuid, { status }]) => status === 'unknown' && messagesOf(history).itemOf(uuid) === undefined,
  );
  const costly = messagesOf(history).all.filter((message) => message.entry !== undefined || accepts.has(message.item));
  return costly.map((message): Charge => {
    const { mode, entry, item } = message;
    if (mode === undefined) return { message, least: 0, most: 1, isUnknown: true, why: 'its mode is unknown' };
    const systems = new Set((accepts.get(item) ?? []).map((accept) => accept.system));
    const free = freeBecause(history, mode, systems);
    if (free !== undefined) return { message, least: 0, most: 0, isUnknown: false, why: free };
    const isUnseen = entry === undefined && !showsUuids(history);
    const isUnknown = isUnseen ? hasUnnamedDoubt : logs.get(entry?.messageUuid ?? '')?.status === 'unknown';
    if (isUnknown) return { message, least: 0, most: 1, isUnknown, why: 'its outcome is unknown' };
    if (systems.size > 0)
      return { message, least: hasQuiesced ? 1 : 0, most: 1, isUnknown, why: 'the provider accepted it' };
    const isOpen = !hasQuiesced || (sends.get(item) ?? []).some((send) => send.open);
    return { message, least: 0, most: isOpen ? 1 : 0, isUnknown, why: 'the provider never accepted it' };
  });
});

/** The same by the keys of the tenants. */
export const chargesByTenant: (history: History) => ReadonlyMap<string, readonly Charge[]> = perHistory((history) =>
  groupBy(chargesOf(history), ({ message }) => message.tenant),
);

/** Whether the readings make every message of this mode free of charge. */
export function isFreeMode(history: History, mode: Mode | undefined): boolean {
  const { shadowBilling, offBilling } = history.readings;
  if (mode === 'SHADOW') return shadowBilling === 'none';
  return mode === 'OFF' && offBilling === 'free';
}

function freeBecause(history: History, mode: Mode, systems: ReadonlySet<Role>): string | undefined {
  if (isFreeMode(history, mode)) return `nothing is charged in ${mode}`;
  const isFallback = mode === 'ON' && systems.has('legacy') && !systems.has('service');
  return isFallback && history.readings.fallbackBilling === 'free' ? 'a fallback is free' : undefined;
}
