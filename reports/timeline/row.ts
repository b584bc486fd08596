// One line of a timeline before it is drawn, and the lines that an element of a story takes.
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

/** What a note means, for its colour. */
type Tone = 'bad' | 'doubtful' | 'plain';

/** What is written beside the lifelines. */
interface Note {
  /** The fullest wording first; the first that fits is drawn. */
  readonly texts: readonly [string, ...string[]];
  readonly tone: Tone;
}

/** One line of a timeline: something that happened at a lifeline, or went from one to another. */
export interface TimelineRow extends StoryPlace {
  readonly importance: Importance;
  /** It shows a witness of the finding. */
  readonly isWitness: boolean;
  readonly from: Lifeline;
  /** The other end of an arrow; a row without one is a point. */
  readonly to?: Lifeline;
  /** The arrow ends on its way. */
  readonly isLost?: boolean;
  /** The character where it ends: see MARKS. */
  readonly mark?: string;
  /** What is written on it, the fullest wording first; the first that fits is drawn. */
  readonly labels: readonly [string, ...string[]];
  readonly note?: Note;
}

/** The characters of a drawing: a send that the provider accepted, an end, a fault, what the rig did, and anything else that happened. */
export const MARKS = { accepted: '*', ended: 'x', fault: '!', rig: '~', happened: 'o' } as const;

/** A decision of the provider that comes later than this has a line of its own. */
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
  // Beside the last lifeline is too little room for the words of a fault.
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

/** What happened to a send is kept beside the fault; of anything else the fault itself says more. */
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
