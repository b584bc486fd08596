// The parting of two histories: the first thing that the systems did differently. The comparison ignores ids, and it ignores the rig's own
// actions, which differ by design. Each stream of events (one actor and one message) is compared separately, so that events of different
// streams can swap.
import type { Explanation } from '../formats/explanation.ts';
import type { EventOf, HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { callsAt } from './calls.ts';
import { groupBy } from './group-by.ts';
import { messagesOf } from './messages.ts';
import { imageOf } from './rows.ts';
import { textIn } from './row-values.ts';
import type { Story, StoryElement } from './story/story.ts';
import { type HistoryWithFindings, storyOf } from './story/story-of.ts';

/** The parting of two histories, as an explanation stores it. */
export type Parting = NonNullable<Explanation['parting']>;

/** An event with what is compared of it. */
interface Deed {
  readonly event: HistoryEvent;
  /** Who did it, and to which messages. Only deeds of one stream are compared in their order. */
  readonly stream: string;
  readonly what: string;
}

/** The events of the two runs at one position of one stream; undefined where the stream of a run is shorter. */
interface Difference {
  readonly violating: HistoryEvent | undefined;
  readonly passing: HistoryEvent | undefined;
}

/** The columns of a row that are compared. The others hold ids, times, texts or the mode, which can differ by design. */
const COMPARED_COLUMNS = ['source', 'status', 'state', 'dry_run', 'units'] as const;

/** Equal events that are further apart than this differ in time. */
const SAME_TIME_MICROS = 25_000;

/** The first event that only one of the runs has or, if there is none, the first that they have at different times; undefined if none. */
export function partingOf(violating: HistoryWithFindings, passing: History): Parting | undefined {
  const differences = differencesOf(violating.history, passing, (one, other) => one.what !== other.what);
  const late = (one: Deed, other: Deed): boolean =>
    Math.abs(one.event.earliest - other.event.earliest) > SAME_TIME_MICROS;
  const [first] = differences.length > 0 ? differences : differencesOf(violating.history, passing, late);
  if (first === undefined) return undefined;
  const [shown, shownInstead] = [storyOf(violating.history, violating), storyOf(passing, { findings: [] })];
  const seen = first.violating ?? lastBefore(violating.history, first.passing);
  if (seen === undefined) return undefined;
  return {
    seq: seen.seq,
    words: first.violating === undefined ? 'nothing' : wordsOf(first.violating, shown),
    passingSeq: first.passing?.seq ?? null,
    passingWords: first.passing === undefined ? 'nothing' : wordsOf(first.passing, shownInstead),
  };
}

/** The first difference of each stream, earliest first. */
function differencesOf(
  violating: History,
  passing: History,
  differs: (one: Deed, other: Deed) => boolean,
): Difference[] {
  const isCompared = hasSameModes(violating, passing) ? () => true : isNoRow;
  const [own, others] = [violating, passing].map((history) =>
    groupBy(deedsOf(history).filter(isCompared), ({ stream }) => stream),
  );
  const streams = new Set([...(own?.keys() ?? []), ...(others?.keys() ?? [])]);
  const found = [...streams].flatMap((stream): Difference[] => {
    const [ones, twos] = [own?.get(stream) ?? [], others?.get(stream) ?? []];
    for (let index = 0; index < Math.max(ones.length, twos.length); index += 1) {
      const [one, two] = [ones[index], twos[index]];
      if (one !== undefined && two !== undefined && !differs(one, two)) continue;
      return [{ violating: one?.event, passing: two?.event }];
    }
    return [];
  });
  return found.toSorted((a, b) => momentOf(a) - momentOf(b) || lackOf(a) - lackOf(b) || placeOf(a) - placeOf(b));
}

/** Rows are compared only under equal modes: in another mode systems write other rows, which does not explain the violation. */
function hasSameModes(one: History, other: History): boolean {
  return one.scenario.tenants.every(({ mode }, index) => mode === other.scenario.tenants[index]?.mode);
}

function isNoRow({ event }: Deed): boolean {
  return event.kind !== 'row';
}

/** The earlier of the two events, in whole milliseconds. */
function momentOf({ violating, passing }: Difference): number {
  return Math.floor(Math.min(violating?.earliest ?? Infinity, passing?.earliest ?? Infinity) / 1_000);
}

/** Sorts differences of one millisecond: one with an event of the violating run says more than one without. */
function lackOf({ violating }: Difference): number {
  return violating === undefined ? 1 : 0;
}

function placeOf({ violating, passing }: Difference): number {
  return violating?.seq ?? passing?.seq ?? 0;
}

/** The last event of the violating run before the time of an event that it lacks. */
function lastBefore(history: History, missed: HistoryEvent | undefined): HistoryEvent | undefined {
  if (missed === undefined) return undefined;
  return deedsOf(history).findLast(({ event }) => event.earliest <= missed.earliest)?.event ?? history.events[0];
}

function deedsOf(history: History): Deed[] {
  const itemsOf = (uuids: readonly string[]): string =>
    uuids.map((uuid) => messagesOf(history).itemOf(uuid)?.item ?? '?').join(' ');
  const uuidsOfCalls = new Map(
    (['front', 'back'] as const).flatMap((tap) =>
      callsAt(history, tap).map(({ call, uuids }) => [`${tap} ${call}`, uuids]),
    ),
  );
  const ofCall = ({ tap, call }: EventOf<'request' | 'answer' | 'call-failed'>): string =>
    `${tap} ${itemsOf(uuidsOfCalls.get(`${tap} ${call}`) ?? [])}`;
  return history.events.flatMap((event): Deed[] => {
    const deed = (stream: string, ...what: unknown[]): Deed[] => [
      { event, stream, what: JSON.stringify([event.kind, ...what]) },
    ];
    switch (event.kind) {
      case 'request':
        return deed(ofCall(event), event.dryRun, itemsOf(event.uuids));
      case 'answer': {
        const results = event.results.map(({ messageUuid, status }) => [itemsOf([messageUuid]), status]);
        return deed(ofCall(event), event.status, results);
      }
      case 'call-failed':
        return deed(ofCall(event), event.by, event.how, event.requestComplete, event.answerBytes > 0);
      case 'attempt':
        return deed(`${event.system} ${event.item ?? '?'}`);
      case 'accept':
        return deed(`${event.system} ${event.item ?? '?'}`);
      case 'reject':
        return deed(`${event.system} ${event.item ?? '?'}`, event.status, event.definite);
      case 'entry':
        return deed(`entry ${event.item}`);
      case 'user-response':
        return deed(`user ${event.campaign}`, event.status);
      case 'row': {
        if (event.role === history.roles.rig) return [];
        const item = itemsOf([textIn(imageOf(event), 'message_uuid')]);
        const values = COMPARED_COLUMNS.map((column) => [textIn(event.before, column), textIn(event.after, column)]);
        return deed(`${event.role} ${event.table} ${item}`, event.operation, values);
      }
      default:
        return event.kind === 'crash' && !event.expected ? deed(event.process) : [];
    }
  });
}

/** For example `601 ms, legacy app: no answer in 500 ms`. */
function wordsOf(event: HistoryEvent, { elements }: Story): string {
  const element =
    elements.find(({ seq }) => seq === event.seq) ?? elements.find(({ seqs }) => seqs.includes(event.seq));
  const at = `${Math.round(event.earliest / 1_000)} ms`;
  return element === undefined ? `${at}, ${event.kind}` : `${at}, ${elementWords(element)}`;
}

function elementWords(element: StoryElement): string {
  const [label] = element.labels;
  if (element.kind === 'point') return `${element.at}: ${label}`;
  const { words } = element.outcome;
  return `${element.from} to ${element.to}: ${label}${words === '' ? '' : `, ${words}`}`;
}
