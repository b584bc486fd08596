// The rows of events at one lane: points, changes of the mode, and transactions, which are arrows to the database.
import type { Story, StoryElement, StoryPoint } from '../../../harness/history/story/story.ts';
import { laneOf } from './lanes.ts';
import { commonOf, inWords, lasts, messageNamesOf, type Picture, toneOf, type Unnumbered } from './picture.ts';
import type { Step, Tone } from './step.ts';

/** The row of a transaction names at most this many changes. */
const CHANGES_NAMED_MAX = 4;

/** Events that concern all lanes. */
const LINES: ReadonlySet<StoryPoint['what']> = new Set(['flip', 'recovery']);

const CROSSES: ReadonlySet<StoryPoint['what']> = new Set(['crash', 'call-ended', 'no-response']);

/** The row of a point, except for changes of table rows. */
export function pointStep(point: StoryPoint, picture: Picture): Unnumbered {
  const { what, at } = point;
  const common = commonOf(point, picture);
  const faults = point.faults.flatMap((index) => picture.story.faults[index]?.shortWords ?? []);
  const isFault = what === 'fault' || faults.length > 0 || what === 'crash';
  const label = [common.label, ...(what === 'crash' ? [] : faults)].join(', ');
  const shape: Step['shape'] = LINES.has(what) ? { kind: 'line', at: 'legacy app' } : markAt(point);
  return { ...common, label, shape, tone: isFault ? 'doubtful' : toneOf(at) };
}

function markAt({ what, at }: StoryPoint): Step['shape'] {
  const mark = CROSSES.has(what) ? 'cross' : what === 'restart' ? 'start' : what === 'fault' ? 'fault' : 'dot';
  return { kind: 'point', at: laneOf(at), mark };
}

/** One row for all table rows that a transaction changed: an arrow to the database. Undefined without changes. */
export function writeStep(changes: readonly StoryPoint[], picture: Picture): Unnumbered | undefined {
  const [first] = changes;
  if (first === undefined) return undefined;
  const commons = changes.map((change) => commonOf(change, picture));
  const words = [...new Set(changes.map(wordsOf))];
  const more = words.length > CHANGES_NAMED_MAX ? [`${words.length - CHANGES_NAMED_MAX} more`] : [];
  const tone: Tone = toneOf(first.at);
  return {
    ...commonOf(first, picture),
    seqs: changes.flatMap(({ seqs }) => seqs),
    isPast: commons.some(({ isPast }) => isPast),
    witness: commons.some(({ witness }) => witness),
    label:
      [...words.slice(0, CHANGES_NAMED_MAX), ...more].join(', ') +
      messageNamesOf(
        changes.flatMap(({ items }) => items),
        picture.story,
      ),
    title: commons.map(({ title }) => title).join('\n'),
    shape:
      first.at === 'rig'
        ? { kind: 'point', at: 'PostgreSQL', mark: 'fault' }
        : { kind: 'arrow', from: laneOf(first.at), to: 'PostgreSQL', isDashed: false, isLost: false, isWrite: true },
    tone: first.at === 'rig' ? 'doubtful' : tone,
  };
}

function wordsOf({ row, at }: StoryPoint): string {
  const words = inWords(row?.words ?? '');
  return at === 'rig' ? `the rig writes: ${words}` : words;
}

/** The rows of the faults. A fault has none if a point of the story shows it, or if a message shows it and it did not last. */
export function faultSteps(story: Story, picture: Picture, placeOf: (timeMs: number) => number): FaultStep[] {
  const shown = new Map<number, StoryElement>();
  for (const element of story.elements) for (const fault of element.faults) shown.set(fault, element);
  return story.faults.flatMap((fault, index) => {
    const element = shown.get(index);
    const isAtPoint = element?.kind === 'point' && element.what !== 'fault';
    if (isAtPoint || (element !== undefined && element.kind === 'message' && !lasts(fault))) return [];
    const timeMs = Math.max(Math.round(fault.startMs), 0);
    const isSeen = fault.state === 'bit';
    const step: Unnumbered = {
      timeMs,
      // A fault that begins together with the element it affects is just above that element.
      place: element?.timeMs === timeMs ? element.place - 0.25 : placeOf(timeMs),
      seqs: fault.witnesses,
      isPast: isSeen && (element === undefined || element.seqs.some((seq) => picture.past.has(seq))),
      witness: false,
      label: '',
      note: { text: `${fault.words}${STATE_WORDS[fault.state]}`, tone: 'doubtful' },
      title: `${timeMs} ms, fault ${fault.words}: ${fault.evidence}`,
      shape: { kind: 'point', at: laneOf(fault.at), mark: 'fault' },
      tone: 'doubtful',
    };
    return [{ fault: index, step }];
  });
}

/** The row of a fault, and the index of the fault in the story. */
export interface FaultStep {
  readonly fault: number;
  readonly step: Unnumbered;
}

const STATE_WORDS: Readonly<Record<Story['faults'][number]['state'], string>> = {
  bit: '',
  idle: ': had nothing to act on',
  missing: ': left no trace',
};
