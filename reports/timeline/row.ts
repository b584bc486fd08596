// One line of a timeline before it is drawn, and the lines of an element of a story.
import {
  type Importance,
  isWitness,
  type Lifeline,
  type OutcomeState,
  type Story,
  type StoryElement,
  type StoryFault,
  type StoryMessage,
  type StoryPlace,
  type StoryPoint,
} from '../../harness/history/story/story.ts';

/** The meaning of a note, for its colour. */
type Tone = 'bad' | 'doubtful' | 'plain';

/** A text beside the lifelines. */
interface Note {
  /** The wordings, the longest first; the first that fits is drawn. */
  readonly texts: readonly [string, ...string[]];
  readonly tone: Tone;
}

/** One line of a timeline: an event at a lifeline, or a message from one lifeline to another. */
export interface TimelineRow extends StoryPlace {
  readonly importance: Importance;
  /** The line shows a witness of the finding. */
  readonly isWitness: boolean;
  readonly from: Lifeline;
  /** The other end of an arrow; a row without one is a point. */
  readonly to?: Lifeline;
  /** The arrow ends before its receiver. */
  readonly isLost?: boolean;
  /** The character at the point or at the end of the arrow: see MARKS. */
  readonly mark?: string;
  /** The wordings of the label, the longest first; the first that fits is drawn. */
  readonly labels: readonly [string, ...string[]];
  readonly note?: Note;
}

/** The characters of a drawing: a send that the provider accepted, an end, a fault, an action of the rig, and any other event. */
export const MARKS = { accepted: '*', ended: 'x', fault: '!', rig: '~', happened: 'o' } as const;

/** A decision of the provider that comes later than this has its own line. */
const OWN_LINE_FROM_MS = 100;

const OUTCOME_TONES: Readonly<Partial<Record<OutcomeState, Tone>>> = { accepted: 'plain', 'accepted-again': 'bad' };

const OUTCOME_MARKS: Readonly<Partial<Record<OutcomeState, string>>> = {
  accepted: MARKS.accepted,
  'accepted-again': MARKS.accepted,
  rejected: MARKS.ended,
  error: MARKS.ended,
};

const POINT_MARKS: Readonly<Partial<Record<StoryPoint['what'], string>>> = {
  crash: MARKS.ended,
  'call-ended': MARKS.ended,
  'no-response': MARKS.ended,
  fault: MARKS.fault,
};

/** The lines of one element. */
export function rowsOfElement(element: StoryElement, story: Story): TimelineRow[] {
  return element.kind === 'message' ? messageRows(element, story) : [pointRow(element, story)];
}

function messageRows(message: StoryMessage, story: Story): TimelineRow[] {
  const { from, to, outcome, startMs, endMs, end: decision } = message;
  const arrow: TimelineRow = {
    ...commonOf(message),
    from,
    to,
    isLost: outcome.state === 'lost' || outcome.state === 'too-late',
  };
  const ending = { ...markOf(OUTCOME_MARKS[outcome.state]), ...noteOf(message, story) };
  if (decision === null || endMs === null || endMs - startMs < OWN_LINE_FROM_MS) return [{ ...arrow, ...ending }];
  return [arrow, { ...commonOf(message), ...decision, from: to, labels: [''], ...ending }];
}

function pointRow(point: StoryPoint, story: Story): TimelineRow {
  const mark = POINT_MARKS[point.what] ?? (point.at === 'rig' ? MARKS.rig : MARKS.happened);
  // There is too little space for the words of a fault beside the last lifeline.
  const from = point.what === 'fault' && point.at === 'provider' ? 'rig' : point.at;
  return { ...commonOf(point), from, mark, ...(point.what === 'fault' ? {} : noteOf(point, story)) };
}

function commonOf(
  element: StoryElement,
): Pick<TimelineRow, 'timeMs' | 'place' | 'importance' | 'isWitness' | 'labels'> {
  const { timeMs, place, importance, labels } = element;
  return { timeMs, place, importance, isWitness: isWitness(element), labels };
}

function markOf(mark: string | undefined): Pick<TimelineRow, 'mark'> {
  return mark === undefined ? {} : { mark };
}

/** The note of an element: its faults and its outcome. If there is a fault, only a send also shows its outcome. */
function noteOf(element: StoryElement, { faults }: Story): Pick<TimelineRow, 'note'> {
  const outcome = element.kind === 'message' ? element.outcome : undefined;
  const named = element.faults.flatMap((index) => faults[index] ?? []);
  const isKept = named.length === 0 || (element.kind === 'message' && element.what === 'send');
  const textOf = (words: (fault: StoryFault) => string): string =>
    [isKept ? (outcome?.words ?? '') : '', ...named.map((fault) => `! ${words(fault)}`)]
      .filter((part) => part !== '')
      .join(' ');
  const [text, short] = [textOf(({ words }) => words), textOf(({ shortWords }) => shortWords)];
  if (text === '') return {};
  const tone = (outcome && OUTCOME_TONES[outcome.state]) ?? 'doubtful';
  return { note: { texts: [text, short], tone: tone === 'plain' && named.length > 0 ? 'doubtful' : tone } };
}
