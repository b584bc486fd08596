// The rows of what the provider saw: attempts and what became of them. A second acceptance of a message is written out as SENT AGAIN.
import type { EventOf } from '../../harness/formats/event.ts';
import { IMPORTANCE, type Lane, type Row } from './row.ts';
import { eventsOf, type Subject, timeMsOf } from './subject.ts';

type Attempt = EventOf<'attempt'>;
type Outcome = EventOf<'accept'> | EventOf<'reject'>;
type Note = NonNullable<Row['note']>;

/** An answer of the provider that comes later than this has a row of its own. */
const ownRowFromMs = 100;

/** The rows of all provider calls that concern the subject. */
export function sendRows(subject: Subject): Row[] {
  const { history, witnesses, items } = subject;
  const outcomes = history.events.filter(
    (event): event is Outcome => event.kind === 'accept' || event.kind === 'reject',
  );
  const byAttempt = new Map(outcomes.map((outcome) => [outcome.attempt, outcome]));
  const notes = outcomeNotes(subject, outcomes);
  return eventsOf(history, 'attempt').flatMap((attempt) => {
    const outcome = byAttempt.get(attempt.attempt);
    const concerned = attempt.item !== null && items.has(attempt.item);
    const seen = [attempt, outcome].some((event) => event !== undefined && witnesses.has(event.seq));
    return concerned || seen ? attemptRows(subject, { attempt, outcome, note: outcome && notes.get(outcome) }) : [];
  });
}

/** How often the provider took each item, and by how many systems' calls. */
export function acceptCounts(subject: Subject): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { item } of eventsOf(subject.history, 'accept')) {
    if (item !== null && subject.items.has(item)) counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return counts;
}

interface Send {
  readonly attempt: Attempt;
  readonly outcome: Outcome | undefined;
  readonly note: Note | undefined;
}

function attemptRows(subject: Subject, { attempt, outcome, note }: Send): Row[] {
  const { witnesses } = subject;
  const from: Lane = attempt.system === 'legacy' ? 'legacy app' : 'service';
  const call = {
    timeMs: timeMsOf(attempt),
    seq: attempt.seq,
    witness: witnesses.has(attempt.seq),
    importance: IMPORTANCE.send,
    from,
    to: 'provider',
    labels: attemptLabels(subject, attempt),
    site: attempt.system === 'legacy' ? 'legacy-send' : 'service-send',
  } as const satisfies Row;
  if (outcome === undefined || note === undefined) return [{ ...call, note: { text: 'no answer', tone: 'doubtful' } }];
  const mark = outcome.kind === 'accept' ? '*' : 'x';
  const witness = call.witness || witnesses.has(outcome.seq);
  if (timeMsOf(outcome) - call.timeMs < ownRowFromMs) return [{ ...call, witness, mark, note }];
  const { seq } = outcome;
  const late: Row = {
    timeMs: timeMsOf(outcome),
    seq,
    witness,
    importance: call.importance,
    from: 'provider',
    mark,
    note,
    labels: [''],
  };
  return [call, late];
}

function attemptLabels({ modes, items }: Subject, { item, system }: Attempt): [string, ...string[]] {
  const isFallback = system === 'legacy' && item !== null && modes.get(item) === 'ON';
  const word = isFallback ? 'fallback send' : 'send';
  if (item === null) return ['send to an unknown number', 'send'];
  return items.size > 1 ? [`${word} ${item}`, word] : [word];
}

function outcomeNotes({ items }: Subject, outcomes: readonly Outcome[]): Map<Outcome, Note> {
  const accepted = new Set<string>();
  const notes = new Map<Outcome, Note>();
  for (const outcome of outcomes) {
    const item = outcome.item ?? '';
    if (outcome.kind === 'reject') {
      notes.set(outcome, {
        text: outcome.definite ? `not sent, ${outcome.status}` : `error ${outcome.status}`,
        tone: 'doubtful',
      });
      continue;
    }
    const isAgain = accepted.has(item);
    accepted.add(item);
    const suffix = items.size > 1 && item !== '' ? ` ${item}` : '';
    notes.set(outcome, { text: `SENT${isAgain ? ' AGAIN' : ''}${suffix}`, tone: isAgain ? 'bad' : 'plain' });
  }
  return notes;
}
