// The elements at one lifeline: entries, mode changes, crashes, breakers, rows, log lines and the rig's own actions. The user's triggers
// and answers are here too.
import type { Role } from '../../../src/contract/message.ts';
import type { EventOf, HistoryEvent } from '../../formats/event.ts';
import { countOf } from '../counted-words.ts';
import { MUTANT_MARKER } from '../log-lines.ts';
import { textIn } from '../row-values.ts';
import { imageOf } from '../rows.ts';
import { type Draft, msOf, placeOf, pointAt } from './draft.ts';
import { rowPoint } from './row-points.ts';
import type { Lifeline } from './story.ts';
import { concerns, itemsOf, type Subject, suffixOf } from './subject.ts';

/** The elements of all events that are neither calls nor sends. */
export function pointElements(subject: Subject): Draft[] {
  return subject.history.events.flatMap((event) => elementOf(event, subject) ?? []);
}

function elementOf(event: HistoryEvent, subject: Subject): Draft | undefined {
  switch (event.kind) {
    case 'entry':
      return entryPoint(event, subject);
    case 'trigger':
      return triggerElement(event, subject);
    case 'user-response':
      return responseElement(event, subject);
    case 'flip':
      return pointAt(event, {
        what: 'flip',
        at: 'legacy app',
        labels: [`mode becomes ${event.mode}`],
        importance: 'change',
      });
    case 'crash':
      return pointAt(event, { what: 'crash', at: lifelineOf(event.process), labels: ['CRASH'], importance: 'call' });
    case 'terminate':
      return pointAt(event, {
        what: 'terminate',
        at: lifelineOf(event.process),
        labels: ['asked to end'],
        importance: 'change',
      });
    case 'exit':
      return pointAt(event, {
        what: event.isKilled ? 'crash' : 'exit',
        at: lifelineOf(event.process),
        labels: [event.isKilled ? 'KILLED' : 'ended'],
        importance: event.isKilled ? 'call' : 'change',
      });
    case 'repeat':
      return repeatPoint(event, subject);
    case 'restart':
      return pointAt(event, {
        what: 'restart',
        at: lifelineOf(event.process),
        labels: ['restarted'],
        importance: 'context',
      });
    case 'row':
      return rowPoint(event, subject);
    case 'recover':
      return recoveryPoint(event, subject);
    case 'log':
      return event.line.includes(MUTANT_MARKER)
        ? undefined
        : {
            ...pointAt(event, { what: 'log', at: lifelineOf(event.process), labels: [`prints ${event.line}`] }),
            // The rig reads lines late: a line is shown when it was read, and so after its cause.
            timeMs: Math.round(event.latest / 1_000),
          };
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
  const { item } = event;
  const name = suffixOf(subject, item);
  const [long, short] = entryWords(event);
  return pointAt(event, {
    what: 'entry',
    at: 'legacy app',
    labels: [`${long}${name}`, `${short}${name}`],
    importance: concerns(subject, [item]) ? 'context' : 'background',
    items: [item],
  });
}

/** An entry in many words and in few: the mode that was pinned, and the flag where it differs. */
function entryWords({ mode, flagged }: EventOf<'entry'>): readonly [long: string, short: string] {
  if (flagged.includes(mode)) {
    const pinned = mode === '' ? 'OFF' : mode;
    return [`enters in mode ${pinned}`, `${pinned} entry`];
  }
  const texts = flagged.filter((text) => text !== '');
  const flag = texts.length === 0 ? 'there is no flag' : `flag says ${texts.join(' or ')}`;
  return mode === ''
    ? [`enters, ${flag}`, `entry, ${flag}`]
    : [`enters in mode ${mode}, ${flag}`, `${mode} entry, ${flag}`];
}

/** A repeated request passes no tap, so it is a point at the service, where it arrives. */
function repeatPoint(event: EventOf<'repeat'>, subject: Subject): Draft {
  const { item, recipient, status, result } = event;
  const own = subject.history.items.find((planned) => planned.item === item);
  const other = recipient === own?.recipient ? 'another text' : 'another number';
  const answer = result ?? (status === null ? 'no answer' : String(status));
  return pointAt(event, {
    what: 'repeat',
    at: 'service',
    labels: [`uuid again${suffixOf(subject, item)} with ${other}: ${answer}`, `${other}: ${answer}`],
    importance: concerns(subject, [item]) ? 'call' : 'background',
    items: [item],
  });
}

/** The first trigger of a campaign is the user's; a later one is a redelivery, which no user asked for. */
function triggerElement(event: EventOf<'trigger'>, subject: Subject): Draft {
  const { campaign, delivery } = event;
  const about = aboutOf(subject, campaign);
  if (delivery !== 1) {
    const labels = [`${campaign}, delivery ${delivery}`, `delivery ${delivery}`] as const;
    return pointAt(event, { what: 'redelivery', at: 'legacy app', labels, ...about, importance: 'call' });
  }
  return {
    kind: 'message',
    what: 'trigger',
    ...placeOf(event),
    ...about,
    from: 'user',
    to: 'legacy app',
    ...promptly(event),
    labels: [`send ${campaign}`, 'send'],
  };
}

function responseElement(event: EventOf<'user-response'>, subject: Subject): Draft {
  const { campaign, status } = event;
  const [about, elapsedMs] = [aboutOf(subject, campaign), Math.round(event.elapsedMs)];
  if (status === null) {
    const labels = [`no answer in ${elapsedMs} ms`, 'no answer'] as const;
    return pointAt(event, { what: 'no-response', at: 'user', labels, ...about });
  }
  return {
    kind: 'message',
    what: 'response',
    ...placeOf(event),
    ...about,
    from: 'legacy app',
    to: 'user',
    ...promptly(event),
    labels: [`${status} after ${elapsedMs} ms`, `${status}, ${elapsedMs} ms`],
  };
}

function promptly(event: HistoryEvent): { startMs: number; endMs: number; outcome: { state: 'arrived'; words: '' } } {
  return { startMs: msOf(event), endMs: event.latest / 1_000, outcome: { state: 'arrived', words: '' } };
}

/** The user's trigger and answer explain little, unless there is nothing else: no message of the campaign entered. */
function aboutOf(subject: Subject, campaign: string): Pick<Draft, 'items' | 'importance'> {
  const messages = subject.messages.all.filter((message) => message.campaign === campaign);
  const items = messages.map(({ item }) => item);
  const isAll = concerns(subject, items) && messages.every(({ entry }) => entry === undefined);
  return { items, importance: isAll ? 'context' : 'background' };
}

function lifelineOf(process: Role): Lifeline {
  return process === 'legacy' ? 'legacy app' : 'service';
}

/** A round of recovery is context if a system did something about these messages while it lasted. */
function recoveryPoint(event: EventOf<'recover'>, subject: Subject): Draft {
  const { round, report, earliest, latest } = event;
  const isAtWork = subject.history.events.some(
    (other) => other.latest >= earliest && other.earliest <= latest && concerns(subject, itemsDoneIn(other, subject)),
  );
  return pointAt(event, {
    what: 'recovery',
    at: 'rig',
    labels: [`recovery begins, round ${round}${report === null ? ': no answer' : ''}`, `recovery ${round}`],
    importance: isAtWork ? 'context' : 'background',
  });
}

/** The items that a system handled with this event. */
function itemsDoneIn(event: HistoryEvent, subject: Subject): readonly string[] {
  switch (event.kind) {
    case 'row':
      return event.role === subject.history.roles.rig ? [] : itemsOf(subject, [textIn(imageOf(event), 'message_uuid')]);
    case 'request':
      return itemsOf(subject, event.uuids);
    case 'attempt':
      return event.item === null ? [] : [event.item];
    default:
      return [];
  }
}

type RigEvent = EventOf<'quiescent' | 'reconciliation' | 'privileges' | 'balance' | 'observer-problem'>;

function rigWords(event: RigEvent): string {
  switch (event.kind) {
    case 'quiescent':
      return 'all faults are healed, both systems are idle';
    case 'reconciliation':
      return event.mismatches === null
        ? 'reconciliation: no answer'
        : `reconciliation finds ${countOf(event.mismatches.length, 'mismatch', 'mismatches')}`;
    case 'privileges':
      return `role ${event.role} may write ${event.writable.join(', ') || 'nothing'}`;
    case 'balance':
      return `balance of ${event.tenant}: ${event.units}`;
    default:
      return `observer ${event.observer} ${event.problem}: ${event.detail}`;
  }
}
