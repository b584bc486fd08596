// The rows of a message: one row, or two if the message was delayed on its way or its receiver decided late.
import type { OutcomeState, Story, StoryMessage } from '../../../harness/history/story/story.ts';
import type { Lane } from './lanes.ts';
import type { Dwell, Step, Tone } from './step.ts';
import { commonOf, lasts, placeAt, type Picture, toneOf, type Unnumbered } from './picture.ts';

/** A decision of the provider that comes later than this has its own row. */
const OWN_ROW_FROM_MS = 100;

const NOTE_TONES: Readonly<Partial<Record<OutcomeState, Tone>>> = { accepted: 'good', 'accepted-again': 'bad' };

/** The rows of one message, and the dwells between them. */
export interface MessageSteps {
  readonly steps: readonly Unnumbered[];
  readonly dwells: readonly Dwell[];
}

/** The rows of a message. */
export function messageSteps(message: StoryMessage, picture: Picture): MessageSteps {
  if (message.what === 'send') return sendSteps(message, picture);
  if (message.what !== 'request' && message.what !== 'answer')
    return { steps: [plainStep(message, picture)], dwells: [] };
  switch (message.outcome.state) {
    case 'late':
      return lateSteps(message, picture);
    case 'lost':
    case 'too-late':
      return { steps: [arrow(message, picture, { to: 'proxy', isLost: true })], dwells: [] };
    case 'arrived-again':
      return { steps: [arrow(message, picture, { from: 'proxy', isLost: false })], dwells: [] };
    default: {
      const step = plainStep(message, picture);
      const isOfNetwork = message.what === 'answer' && isUnasked(message, picture.story);
      return { steps: [isOfNetwork ? { ...step, shape: shapeOf(message, { from: 'proxy' }) } : step], dwells: [] };
    }
  }
}

/** Whether an answer belongs to a request that was lost before the service: then the proxy or the network answered, not the service. */
export function isUnasked({ place, items }: StoryMessage, { elements }: Story): boolean {
  const request = elements.findLast(
    (other): other is StoryMessage =>
      other.kind === 'message' &&
      other.what === 'request' &&
      other.place < place &&
      other.items.some((item) => items.includes(item)),
  );
  return request?.outcome.state === 'lost';
}

function plainStep(message: StoryMessage, picture: Picture): Unnumbered {
  const { note, ...common } = commonOf(message, picture);
  return { ...common, shape: shapeOf(message, {}), tone: toneOf(message.from), note: noteOf(message, picture) ?? note };
}

/** The row of a message that was disturbed on its way. */
function arrow(
  message: StoryMessage,
  picture: Picture,
  { isLost, ...ends }: { readonly from?: Lane; readonly to?: Lane; readonly isLost: boolean },
): Unnumbered {
  const note = { text: disturbance(message, picture.story), tone: 'doubtful' } as const;
  return { ...plainStep(message, picture), shape: shapeOf(message, { ...ends, isDashed: true, isLost }), note };
}

/** The rows of a message that was delayed: it reaches the proxy when it is sent, and its receiver later. */
function lateSteps(message: StoryMessage, picture: Picture): MessageSteps {
  const { startMs, endMs, timeMs, place, seqs } = message;
  const isAnswer = message.what === 'answer';
  // In a story the place of an answer is its arrival, and the place of a request is its departure.
  const otherMs = Math.round((isAnswer ? startMs : endMs) ?? startMs);
  const other = { timeMs: otherMs, place: placeAt(picture.story, otherMs, (isAnswer ? seqs[0] : seqs.at(-1)) ?? 0) };
  const arrival = isAnswer ? other : beforeEffect(message, picture.story, other);
  const [sent, arrived] = isAnswer ? [other, { timeMs, place }] : [{ timeMs, place }, arrival];
  const step = plainStep(message, picture);
  const note = { text: disturbance(message, picture.story), tone: 'doubtful' } as const;
  return {
    steps: [
      { ...step, ...sent, shape: shapeOf(message, { to: 'proxy' }), note: null, witness: false },
      { ...step, ...arrived, shape: shapeOf(message, { from: 'proxy', isDashed: true }), note },
    ],
    dwells: [{ at: 'proxy', from: sent.place, to: arrived.place, isPast: step.isPast, title: step.title }],
  };
}

/**
 * Moves the arrival of a request in front of the service's send that it caused: the clocks of two observers can show them the other way
 * round. Not moved if an earlier request can have caused the send.
 */
function beforeEffect(
  { place, items }: StoryMessage,
  { elements }: Story,
  arrival: Pick<Step, 'timeMs' | 'place'>,
): Pick<Step, 'timeMs' | 'place'> {
  const own = elements.filter(
    (other): other is StoryMessage => other.kind === 'message' && other.items.some((item) => items.includes(item)),
  );
  const hasOther = own.some(
    (other) => other.what === 'request' && other.place < place && other.outcome.state !== 'lost',
  );
  const effect = own.find((other) => other.what === 'send' && other.from === 'service' && other.place > place);
  if (hasOther || effect === undefined || effect.place > arrival.place) return arrival;
  return { timeMs: Math.min(arrival.timeMs, effect.timeMs), place: effect.place - 0.25 };
}

/** The rows of a send. The provider's decision has its own row if it came late. */
function sendSteps(message: StoryMessage, picture: Picture): MessageSteps {
  const { end, startMs, endMs, outcome } = message;
  const step = plainStep(message, picture);
  const isLost = outcome.state === 'unanswered' || outcome.state === 'error' || outcome.state === 'rejected';
  const shape = shapeOf(message, { isDashed: isLost });
  if (end === null || endMs === null || endMs - startMs < OWN_ROW_FROM_MS)
    return { steps: [{ ...step, shape }], dwells: [] };
  const decided: Unnumbered = {
    ...step,
    ...end,
    label: '',
    shape: { kind: 'point', at: 'provider', mark: outcome.state === 'rejected' ? 'cross' : 'dot' },
  };
  const sent = { ...step, shape: shapeOf(message, {}), note: null, witness: false };
  const dwell: Dwell = { at: 'provider', from: step.place, to: end.place, isPast: step.isPast, title: step.title };
  return { steps: [sent, decided], dwells: [dwell] };
}

function shapeOf(
  message: StoryMessage,
  { from, to, isDashed = false, isLost = false }: { from?: Lane; to?: Lane; isDashed?: boolean; isLost?: boolean },
): Step['shape'] {
  const ends = { from: from ?? (message.from as Lane), to: to ?? (message.to as Lane) };
  return { kind: 'arrow', ...ends, isDashed, isLost, isWrite: false };
}

/** The note of a send: its outcome and the faults that affected it. Other messages have none here. */
function noteOf(message: StoryMessage, { story }: Picture): Step['note'] {
  const { outcome } = message;
  if (message.what !== 'send') return null;
  const faults = faultWords(message, story);
  const text = [outcome.words, ...faults].filter((words) => words !== '').join(', ');
  return text === '' ? null : { text, tone: NOTE_TONES[outcome.state] ?? 'doubtful' };
}

/** What happened to a message on its way, and which faults did it. */
function disturbance(message: StoryMessage, story: Story): string {
  const faults = faultWords(message, story);
  return [...(faults.length > 0 && message.outcome.state === 'late' ? [] : [message.outcome.words]), ...faults].join(
    ', ',
  );
}

/** The short words of the message's faults. A fault whose window begins here is left out: its own row is just above. */
function faultWords({ faults, timeMs }: StoryMessage, story: Story): string[] {
  const named = faults.flatMap((index) => story.faults[index] ?? []);
  return named.flatMap((fault) => (Math.round(fault.startMs) === timeMs && lasts(fault) ? [] : fault.shortWords));
}
