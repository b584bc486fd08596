// The calls to the provider, as messages of a story with their outcomes. A second acceptance of an item reads SENT AGAIN.
import type { EventOf } from '../../formats/event.ts';
import { eventsOf } from '../events-of.ts';
import { FALLBACK_LINE, linesWith } from '../log-lines.ts';
import { type Send, sendsOf } from '../sends.ts';
import { type MessageDraft, msOf, placeOf } from './draft.ts';
import { concerns, type Subject, suffixOf } from './subject.ts';

/** All sends of the history. */
export function sendElements(subject: Subject): MessageDraft[] {
  const sends = sendsOf(subject.history);
  const first = firstAcceptances(sends);
  return sends.map((send) => {
    const { attempt, accept, reject } = send;
    const items = attempt.item === null ? [] : [attempt.item];
    const end = accept ?? reject;
    return {
      kind: 'message',
      what: 'send',
      ...placeOf(attempt, [end]),
      importance: concerns(subject, items) ? 'send' : 'background',
      items,
      from: attempt.system === 'legacy' ? 'legacy app' : 'service',
      to: 'provider',
      startMs: msOf(attempt),
      endMs: end === undefined ? null : msOf(end),
      end: end === undefined ? undefined : { seq: end.seq, seqs: [end.seq], timeMs: Math.round(msOf(end)) },
      outcome: outcomeOf(subject, { send, isAgain: accept !== undefined && !first.has(accept) }),
      labels: labelsOf(subject, attempt),
    };
  });
}

/** The first acceptance of each item, in the order in which the provider accepted. */
function firstAcceptances(sends: readonly Send[]): ReadonlySet<EventOf<'accept'>> {
  const first = new Map<string, EventOf<'accept'>>();
  const accepts = sends.flatMap(({ accept }) => accept ?? []);
  for (const accept of accepts.toSorted((a, b) => a.seq - b.seq)) {
    if (accept.item !== null && !first.has(accept.item)) first.set(accept.item, accept);
  }
  return new Set([...first.values(), ...accepts.filter(({ item }) => item === null)]);
}

function outcomeOf(subject: Subject, { send, isAgain }: { send: Send; isAgain: boolean }): MessageDraft['outcome'] {
  const { attempt, accept, reject } = send;
  const name = suffixOf(subject, attempt.item ?? '').trimEnd();
  if (reject?.status === 0) return { state: 'rejected', words: `not sent${name}, no connection` };
  if (reject !== undefined) {
    return reject.definite
      ? { state: 'rejected', words: `not sent${name}, rejected ${reject.status}` }
      : { state: 'error', words: `not sent${name}, error ${reject.status}` };
  }
  if (accept === undefined) return { state: 'unanswered', words: `no answer${name}` };
  return isAgain
    ? { state: 'accepted-again', words: `SENT AGAIN${name}` }
    : { state: 'accepted', words: `SENT${name}` };
}

function labelsOf(subject: Subject, attempt: EventOf<'attempt'>): [string, ...string[]] {
  const { item, account } = attempt;
  if (item === null) return ['send to an unknown number', 'send'];
  // S22 is about sending with another tenant's account, so the account is shown.
  const by = subject.findings[0]?.property === 'S22' ? ` with ${account}` : '';
  const word = isFallback(subject, { item, attempt }) ? 'fallback send' : 'send';
  return [`${word}${suffixOf(subject, item)}${by}`, word];
}

/** Whether the legacy app sent a message in ON instead of the service; during recovery, only if it logged its fallback line. */
function isFallback(
  { history, messages }: Subject,
  { item, attempt }: { item: string; attempt: EventOf<'attempt'> },
): boolean {
  const message = messages.byItem.get(item);
  if (attempt.system !== 'legacy' || message?.mode !== 'ON') return false;
  const isInRecovery = eventsOf(history, 'recover').some(
    ({ earliest, latest }) => earliest <= attempt.earliest && attempt.latest <= latest,
  );
  const messageUuid = message.entry?.messageUuid;
  const lines = linesWith(history, { process: 'legacy', text: FALLBACK_LINE });
  return !isInRecovery || (messageUuid !== undefined && lines.some(({ line }) => line.includes(messageUuid)));
}
