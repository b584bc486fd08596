// What happens at one place: entries, mode changes, crashes, breakers, rows of tables, log lines, and what the rig itself does.
import type { EventOf, HistoryEvent } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { type Draft, msOf, placeOf, pointAt } from './draft.ts';
import { rowPoint } from './row-points.ts';
import type { Lifeline } from './story.ts';
import { concerns, type Subject } from './subject.ts';

/** The elements of all events that are neither calls nor sends. */
export function pointElements(subject: Subject): Draft[] {
  return subject.history.events.flatMap((event) => elementOf(event, subject) ?? []);
}

function elementOf(event: HistoryEvent, subject: Subject): Draft | undefined {
  switch (event.kind) {
    case 'entry':
      return entryPoint(event, subject);
    case 'trigger':
      return triggerElement(event, subject.history);
    case 'user-response':
      return responseElement(event, subject.history);
    case 'flip':
      return pointAt(event, {
        what: 'flip',
        at: 'legacy app',
        labels: [`mode becomes ${event.mode}`],
        importance: 'change',
      });
    case 'crash':
      return pointAt(event, { what: 'crash', at: lifelineOf(event.process), labels: ['CRASH'], importance: 'call' });
    case 'restart':
      return pointAt(event, {
        what: 'restart',
        at: lifelineOf(event.process),
        labels: ['restarted'],
        importance: 'context',
      });
    case 'row':
      return rowPoint(event, subject);
    case 'log':
      return pointAt(event, { what: 'log', at: lifelineOf(event.process), labels: [`prints ${event.line}`] });
    case 'request':
    case 'answer':
    case 'call-failed':
    case 'attempt':
    case 'accept':
    case 'reject':
    case 'fault-applied':
    case 'fault-healed':
      return undefined;
    default:
      return pointAt(event, { what: 'rig', at: 'rig', labels: [rigWords(event)] });
  }
}

function entryPoint(event: EventOf<'entry'>, subject: Subject): Draft {
  const { item, mode } = event;
  const name = subject.items.size > 1 ? `${item} ` : '';
  return pointAt(event, {
    what: 'entry',
    at: 'legacy app',
    labels: [`${name}enters in mode ${mode}`, `${mode} entry`],
    importance: concerns(subject, [item]) ? 'context' : 'background',
    items: [item],
  });
}

/** The first trigger of a campaign is the user's; a later one is a redelivery, which no user asked for. */
function triggerElement(event: EventOf<'trigger'>, history: History): Draft {
  const { campaign, delivery } = event;
  const items = itemsOfCampaign(history, campaign);
  if (delivery !== 1) {
    const labels = [`${campaign}, delivery ${delivery}`, `delivery ${delivery}`] as const;
    return pointAt(event, { what: 'redelivery', at: 'legacy app', labels, importance: 'call', items });
  }
  return {
    kind: 'message',
    what: 'trigger',
    ...placeOf(event),
    importance: 'background',
    items,
    from: 'user',
    to: 'legacy app',
    ...promptly(event),
    labels: [`send ${campaign}`, 'send'],
  };
}

function responseElement(event: EventOf<'user-response'>, history: History): Draft {
  const { campaign, status } = event;
  const [items, elapsedMs] = [itemsOfCampaign(history, campaign), Math.round(event.elapsedMs)];
  if (status === null) {
    const labels = [`no answer in ${elapsedMs} ms`, 'no answer'] as const;
    return pointAt(event, { what: 'no-response', at: 'user', labels, items });
  }
  return {
    kind: 'message',
    what: 'response',
    ...placeOf(event),
    importance: 'background',
    items,
    from: 'legacy app',
    to: 'user',
    ...promptly(event),
    labels: [`${status} after ${elapsedMs} ms`, `${status}, ${elapsedMs} ms`],
  };
}

function promptly(event: HistoryEvent): { startMs: number; endMs: number; outcome: { state: 'arrived'; words: '' } } {
  return { startMs: msOf(event), endMs: event.latest / 1_000, outcome: { state: 'arrived', words: '' } };
}

function itemsOfCampaign({ items }: History, campaign: string): string[] {
  return items.filter((known) => known.campaign === campaign).map(({ item }) => item);
}

function lifelineOf(process: 'legacy' | 'service'): Lifeline {
  return process === 'legacy' ? 'legacy app' : 'service';
}

type RigEvent = EventOf<'quiescent' | 'recover' | 'reconciliation' | 'privileges' | 'balance' | 'observer-problem'>;

function rigWords(event: RigEvent): string {
  switch (event.kind) {
    case 'quiescent':
      return 'all faults are healed, both systems are idle';
    case 'recover':
      return `recovery, round ${event.round}${event.report === null ? ': no answer' : ''}`;
    case 'reconciliation':
      return event.mismatches === null
        ? 'reconciliation: no answer'
        : `reconciliation finds ${event.mismatches.length} mismatches`;
    case 'privileges':
      return `role ${event.role} may write ${event.writable.join(', ') || 'nothing'}`;
    case 'balance':
      return `balance of ${event.tenant}: ${event.units}`;
    default:
      return `observer ${event.observer} ${event.problem}: ${event.detail}`;
  }
}
