// The faults of a story: the window of each with its receipt, and the element that shows its effect. A fault that no element shows gets a
// separate point.
import { definitionOf, faultWords, shortFaultWords } from '../../faults/catalogue.ts';
import type { Fault } from '../../formats/fault.ts';
import type { HistoryEvent } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { receipts } from '../receipts.ts';
import { faultWindow } from '../windows.ts';
import { type Draft, msOf, type PointDraft } from './draft.ts';
import type { Lifeline, OutcomeState, StoryFault } from './story.ts';
import { concerns, type Subject } from './subject.ts';

/** What the separate point of a fault says after the fault's words. */
const STATE_WORDS: Readonly<Record<StoryFault['state'], string>> = {
  bit: '',
  idle: ' had nothing to act on',
  missing: ' left no trace',
};

/** The outcomes without a disturbance. A receipt also names such elements, but only to compare them with the one that shows the effect. */
const UNDISTURBED: ReadonlySet<OutcomeState> = new Set(['arrived', 'accepted', 'accepted-again']);

/** The faults of a history in the order of its scenario. */
export function faultsOf(history: History): StoryFault[] {
  const seen = receipts(history);
  return history.scenario.faults.map((fault, index) => {
    const { state = 'idle', evidence = '', witnesses = [] } = seen[index] ?? {};
    const words = { words: faultWords(fault), shortWords: shortFaultWords(fault) };
    return { fault, ...words, ...windowOf(history, fault, index), state, evidence, witnesses, at: lifelineOf(fault) };
  });
}

/** When a fault was applied and healed or, where the history does not say so, when it was planned. */
function windowOf(history: History, fault: Fault, index: number): Pick<StoryFault, 'startMs' | 'endMs'> {
  const applied = faultWindow(history, index);
  if (applied !== undefined) {
    const endMs = applied.untilEarliest / 1_000;
    return { startMs: applied.fromEarliest / 1_000, endMs: Number.isFinite(endMs) ? endMs : null };
  }
  const startMs = 'fromMs' in fault ? fault.fromMs : 'atMs' in fault ? fault.atMs : 0;
  return { startMs, endMs: 'untilMs' in fault ? fault.untilMs : null };
}

/** Where each fault is shown: on an element or as a separate point. */
export interface FaultsSeen {
  /** For each element that shows faults, the indexes of the faults. */
  readonly on: ReadonlyMap<Draft, readonly number[]>;
  readonly own: readonly { readonly point: PointDraft; readonly fault: number }[];
}

/** Finds the element of each fault. The drafts are in the order of the story. */
export function seeFaults(subject: Subject, faults: readonly StoryFault[], drafts: readonly Draft[]): FaultsSeen {
  const on = new Map<Draft, number[]>();
  const own: { point: PointDraft; fault: number }[] = [];
  for (const [index, fault] of faults.entries()) {
    const shown = fault.state === 'bit' ? elementOf(fault, drafts) : undefined;
    if (shown === undefined) own.push({ fault: index, point: ownPoint(subject, { fault, index, drafts }) });
    else on.set(shown, [...(on.get(shown) ?? []), index]);
  }
  return { on, own };
}

/**
 * Of the elements that the receipt names: the first that shows a disturbance, else the first. A send shows only faults of the provider; in
 * the receipt of another fault, it is a consequence of the fault.
 */
function elementOf({ fault, witnesses }: StoryFault, drafts: readonly Draft[]): Draft | undefined {
  const named = drafts.filter(
    (draft) =>
      draft.importance !== 'background' &&
      !isOfRig(draft) &&
      (fault.kind === 'provider' || !isSend(draft)) &&
      witnesses.some((seq) => draft.seqs.includes(seq)),
  );
  return named.find(isDisturbed) ?? named[0];
}

function isSend(draft: Draft): boolean {
  return draft.kind === 'message' && draft.what === 'send';
}

function isOfRig(draft: Draft): boolean {
  return draft.kind === 'point' && draft.at === 'rig';
}

function isDisturbed(draft: Draft): boolean {
  return draft.kind === 'message'
    ? !UNDISTURBED.has(draft.outcome.state)
    : draft.what === 'crash' || draft.what === 'terminate' || draft.what === 'call-ended';
}

/** The separate point of a fault, at the first witness of its receipt or, without a witness, where the fault was applied. */
function ownPoint(
  subject: Subject,
  { fault, index, drafts }: { fault: StoryFault; index: number; drafts: readonly Draft[] },
): PointDraft {
  const { events } = subject.history;
  const isBit = fault.state === 'bit';
  const witness = isBit ? events.find(({ seq }) => fault.witnesses.includes(seq)) : undefined;
  const applied = events.find((event) => event.kind === 'fault-applied' && event.fault === index);
  const startMs = witness === undefined ? fault.startMs : msOf(witness);
  const others = isBit && isOfOthers(subject, fault, drafts) ? ' on another message' : '';
  return {
    kind: 'point',
    what: 'fault',
    at: isBit ? lifelineOf(fault.fault) : 'rig',
    seq: (witness ?? applied)?.seq ?? seqAt(events, startMs),
    seqs: isBit ? fault.witnesses : applied === undefined ? [] : [applied.seq],
    // Faults planned for time 0 are applied before the clock of the scenario starts.
    timeMs: Math.max(Math.round(startMs), 0),
    startMs,
    endMs: fault.endMs ?? startMs,
    importance: fault.state === 'idle' ? 'context' : 'change',
    items: [],
    labels: [`${fault.words}${STATE_WORDS[fault.state]}${others}`],
  };
}

/** The lifeline that a fault affects; the rig's for a fault between two lifelines. */
function lifelineOf(fault: Fault): Lifeline {
  if (fault.kind === 'provider') return 'provider';
  if (fault.kind === 'redelivery' || fault.kind === 'breaker-open') return 'legacy app';
  const obstacle = definitionOf(fault).obstacle(fault);
  const process = obstacle?.kind === 'held-up' || obstacle?.kind === 'stopped' ? obstacle.process : undefined;
  const harmed = fault.kind === 'crash' || fault.kind === 'terminate' ? fault.process : process;
  if (fault.kind === 'repeat') return 'service';
  if (harmed === undefined) return 'rig';
  return harmed === 'legacy' ? 'legacy app' : 'service';
}

/** Whether a fault affected only messages that the story is not about. Such a fault must not look as if it explained the finding. */
function isOfOthers(subject: Subject, { witnesses }: StoryFault, drafts: readonly Draft[]): boolean {
  const named = drafts.filter(({ seqs, items }) => items.length > 0 && witnesses.some((seq) => seqs.includes(seq)));
  return named.length > 0 && !named.some(({ items }) => concerns(subject, items));
}

/** The `seq` of the last event at or before a time; 0 without one. */
function seqAt(events: readonly HistoryEvent[], timeMs: number): number {
  return events.findLast((event) => msOf(event) <= timeMs)?.seq ?? 0;
}
