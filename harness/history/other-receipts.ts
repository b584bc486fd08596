// Receipts of the faults that neither the network nor the provider makes: crashes, redeliveries, planted rows.
import type { Fault } from '../formats/fault.ts';
import type { HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { eventsOf, isQuiescent } from './events-of.ts';
import { messagesOf } from './messages.ts';
import { bit, idle, missing, type PlannedFault, type Sighting } from './receipt.ts';
import { textIn } from './row-values.ts';
import { imageOf, rowsOf, systemRowsOf } from './rows.ts';
import { breakerWindows } from './windows.ts';

type Of<K extends Fault['kind']> = PlannedFault<Extract<Fault, { kind: K }>>;

/** The receipt of a crash: the process was seen to end, and to come back. */
export function sightCrash({ history, index, fault }: Of<'crash'>): Sighting {
  const place = rank(history, index, (other) => other.kind === 'crash' && other.process === fault.process);
  const crash = eventsOf(history, 'crash').filter((event) => event.process === fault.process && event.expected)[place];
  if (crash === undefined) return absent(history, `the ${fault.process} was not killed`);
  const restart = eventsOf(history, 'restart').find(
    (event) => event.process === fault.process && event.latest >= crash.earliest,
  );
  const after = restart === undefined ? 'and did not come back' : 'and came back';
  return bit(`the ${fault.process} was killed ${after}`, [crash, restart]);
}

/** The receipt of a redelivery: the campaign was triggered once more. */
export function sightRedelivery({ history, index, fault }: Of<'redelivery'>): Sighting {
  const place = rank(history, index, (other) => other.kind === 'redelivery' && other.campaign === fault.campaign);
  const trigger = eventsOf(history, 'trigger').filter((event) => event.campaign === fault.campaign)[place + 1];
  if (trigger === undefined) return absent(history, `${fault.campaign} was not triggered again`);
  return bit(`${fault.campaign} was triggered again`, [trigger]);
}

/** The receipt of a planted breaker: the rig's own row says OPEN. */
export function sightBreakerOpen({ history, fault, index }: Of<'breaker-open'>): Sighting {
  const place = rank(history, index, (other) => other.kind === 'breaker-open' && other.breaker === fault.breaker);
  const planted = rowsOf(history, 'messaging_breakers').filter((row) => {
    const name = textIn(row.after, 'name');
    const isOpen = textIn(row.after, 'state').toUpperCase() === 'OPEN';
    return row.role === history.roles.rig && isOpen && (name === '' || name === fault.breaker);
  });
  const row = planted[place] ?? planted.at(-1);
  if (row !== undefined) return bit(`the ${fault.breaker} breaker was put into OPEN`, [row]);
  if (!history.vantages.includes('breaker')) return idle('the system shows no breaker');
  if (breakerWindows(history, fault.breaker, ['OPEN']).length > 0) return idle('the breaker was OPEN already');
  return absent(history, `the ${fault.breaker} breaker was not put into OPEN`);
}

/** The receipt of a blank uuid: the item's campaign was triggered, and the item had a blank where others have nothing. */
export function sightMissingUuid({ history, fault }: Of<'missing-uuid'>): Sighting {
  const message = messagesOf(history).byItem.get(fault.item);
  const trigger = eventsOf(history, 'trigger').find((event) => event.campaign === message?.campaign);
  if (message === undefined || trigger === undefined) return idle(`${fault.item} was never triggered`);
  const recipient = history.items.find((item) => item.item === fault.item)?.recipient;
  const minted = systemRowsOf(history, 'campaign_sms').find(
    (row) => textIn(row.after, 'phone') === recipient && row.before?.['message_uuid'] === null,
  );
  return minted !== undefined && textIn(minted.after, 'message_uuid') !== ''
    ? missing(`${fault.item} came without a blank uuid`, [minted])
    : bit(`${fault.item} came with a blank uuid`, [trigger]);
}

/** The receipt of tampering: the rig's own role changed a log row of the item. */
export function sightTamper({ history, fault }: Of<'tamper'>): Sighting {
  const messageUuid = messagesOf(history).byItem.get(fault.item)?.entry?.messageUuid;
  if (messageUuid === undefined) return idle(`${fault.item} has no uuid to tamper with`);
  const logRows = [...rowsOf(history, 'sms_logs'), ...rowsOf(history, 'go_sms_logs')].filter(
    (row) => textIn(imageOf(row), 'message_uuid') === messageUuid,
  );
  const tampered = logRows.find((row) => row.role === history.roles.rig);
  if (tampered !== undefined) return bit(`the rig changed ${tampered.table} of ${fault.item}`, [tampered]);
  const hasReconciled = eventsOf(history, 'reconciliation').length > 0;
  const hasBoth = ['sms_logs', 'go_sms_logs'].every((table) =>
    logRows.some((row) => row.table === table && row.after !== null && row.after['dry_run'] !== true),
  );
  if (!hasBoth || !hasReconciled) return idle(`${fault.item} has not a row in both logs to tamper with`);
  return missing(`no log row of ${fault.item} was changed`, logRows);
}

/** A deed of the rig itself that left no trace: certain only once the run has come to its end. */
function absent(history: History, evidence: string): Sighting {
  const witnesses: readonly HistoryEvent[] = eventsOf(history, 'quiescent');
  return isQuiescent(history) ? missing(evidence, witnesses) : idle(evidence);
}

/** How many faults like this one come before it in time. */
function rank(history: History, index: number, isAlike: (fault: Fault) => boolean): number {
  const ordered = history.scenario.faults
    .map((fault, place) => ({ fault, place }))
    .filter(({ fault }) => isAlike(fault))
    .toSorted((a, b) => beginning(a.fault) - beginning(b.fault));
  return ordered.findIndex(({ place }) => place === index);
}

function beginning(fault: Fault): number {
  if ('atMs' in fault) return fault.atMs;
  return 'fromMs' in fault ? fault.fromMs : 0;
}
