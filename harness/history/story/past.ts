// Which elements of a story led to its finding: a drawing shows them in full, and the rest faintly.
import type { Finding } from '../../formats/finding.ts';
import type { History } from '../../formats/history.ts';
import { groupBy } from '../group-by.ts';
import { eventsOf } from '../events-of.ts';
import { causationsOf } from './causes.ts';
import type { StoryElement, StoryFault, StoryPoint, StoryWait } from './story.ts';

/** Points about what happened to a system: they explain what the system did from then on, although no message connects the two. */
const DONE_TO_SYSTEMS: ReadonlySet<StoryPoint['what']> = new Set([
  'flip',
  'crash',
  'terminate',
  'exit',
  'restart',
  'recovery',
  'breaker',
  'redelivery',
  'repeat',
  'fault',
]);

/** The parts of a story that its past depends on. */
interface Shown {
  /** In the order of the story. */
  readonly elements: readonly StoryElement[];
  readonly waits: readonly StoryWait[];
  readonly faults: readonly StoryFault[];
  readonly items: ReadonlySet<string>;
  /** The finding that the story is about comes first. */
  readonly findings: readonly Finding[];
  /** The `seq` of the first event at which the nearest run that passes differs. */
  readonly parting: number | undefined;
}

/** The `seq` of the witnesses and of the events that led to them, in order: for each element all of its events or none. */
export function pastOf(history: History, shown: Shown): number[] {
  const { elements, waits, findings } = shown;
  const [finding] = findings;
  const witnesses = finding?.witnesses ?? [];
  if (finding === undefined || witnesses.length === 0 || isOfLiveness(finding))
    return history.events.map(({ seq }) => seq);
  const causes = causesIn(history, shown);
  const past = new Set<number>();
  const last = elements.findLast(({ seqs }) => seqs.some((seq) => witnesses.includes(seq)));
  const waiting = [
    ...witnesses,
    ...sameAccount(history, finding),
    ...ledgerRows(elements, finding),
    ...authorityBefore(elements, last),
    ...alsoExplained(shown),
  ];
  for (let seq = waiting.pop(); seq !== undefined; seq = waiting.pop()) {
    if (past.has(seq)) continue;
    past.add(seq);
    waiting.push(...(causes.get(seq) ?? []));
  }
  const struck = strikesOf(shown);
  for (const element of elements) {
    if (isDoneBefore(element, last) || isStruckBefore(element, { struck, last, items: shown.items }))
      for (const seq of element.seqs) past.add(seq);
  }
  // For a wait that ended without an answer, what happened to the answer says why.
  for (const wait of waits) if (wait.endSeq !== null && past.has(wait.endSeq)) addAnswers(past, { elements, wait });
  return [...past].toSorted((left, right) => left - right);
}

/** A finding that something never happened has no causes to show, so all of the run is its past. */
function isOfLiveness({ property }: Finding): boolean {
  return property.startsWith('L');
}

/** For a wrong charge, every change of the message's ledger row is a step. */
function ledgerRows(elements: readonly StoryElement[], { property, items }: Finding): number[] {
  if (property !== 'S9' && property !== 'S10') return [];
  const rows = elements.filter((element) => element.kind === 'point' && element.row?.table === 'quota_ledger');
  return rows.filter((row) => row.items.some((item) => items.includes(item))).flatMap(({ seqs }) => seqs);
}

/** The last row of the authority before the finding was complete: the last step should have respected its holder. */
function authorityBefore(elements: readonly StoryElement[], last: StoryElement | undefined): readonly number[] {
  if (last === undefined) return [];
  const before = elements.findLast(
    (element) =>
      element.kind === 'point' &&
      element.row?.table === 'send_authority' &&
      element.place < last.place &&
      isAboutSame(element, last),
  );
  return before?.seqs ?? [];
}

/** The witnesses of the other findings about these messages, and the event at which the nearest run that passes differs. */
function alsoExplained({ findings, items, parting }: Shown): number[] {
  const others = findings.slice(1).filter((other) => other.items.some((item) => items.has(item)));
  return [...others.flatMap(({ witnesses }) => witnesses), ...(parting === undefined ? [] : [parting])];
}

/** The events that show the effect of a fault. */
function strikesOf({ faults }: Shown): ReadonlySet<number> {
  return new Set(faults.flatMap(({ state, witnesses }) => (state === 'bit' ? witnesses : [])));
}

/** Whether a fault affected a call or a send of these messages before the finding was complete. */
function isStruckBefore(
  element: StoryElement,
  { struck, last, items }: { struck: ReadonlySet<number>; last: StoryElement | undefined; items: Shown['items'] },
): boolean {
  const isOfItems = element.items.some((item) => items.has(item));
  const isEarlier = last === undefined || element.place <= last.place;
  return element.kind === 'message' && isOfItems && isEarlier && element.seqs.some((seq) => struck.has(seq));
}

/** For a message sent with another tenant's account, the earlier uses of that account show where it comes from. */
function sameAccount(history: History, { property, witnesses }: Finding): number[] {
  if (property !== 'S22') return [];
  const attempts = eventsOf(history, 'attempt');
  const taken = attempts.filter(({ seq }) => witnesses.includes(seq));
  return attempts
    .filter((other) => taken.some(({ seq, account }) => other.account === account && other.seq < seq))
    .map(({ seq }) => seq);
}

/**
 * The causes of each event: those by the protocol, the other events of its element and of its transaction and, for a row without a cause,
 * what its writer did before.
 */
function causesIn(history: History, { elements }: Shown): ReadonlyMap<number, readonly number[]> {
  const causes = new Map<number, number[]>();
  const add = (effects: readonly number[], others: readonly number[]): void => {
    for (const effect of effects) causes.set(effect, [...(causes.get(effect) ?? []), ...others]);
  };
  for (const { cause, effect } of causationsOf(history)) add([effect.seq], [cause.seq]);
  for (const { seqs } of elements) add(seqs, seqs);
  const points = elements.filter((element) => element.kind === 'point');
  const rows = points.filter(({ row }) => row !== undefined);
  for (const row of rows) {
    const before = row.seqs.some((seq) => hasOuterCause(causes, seq, row)) ? undefined : lastBefore(elements, row);
    if (before !== undefined) add(row.seqs, before.seqs);
  }
  for (const together of groupBy(rows, ({ row }) => row?.transaction).values()) {
    const all = together.flatMap(({ seqs }) => seqs);
    add(all, all);
  }
  // An entry belongs to the row that stores its uuid.
  for (const entry of points.filter(({ what }) => what === 'entry')) {
    add(
      entry.seqs,
      rows.filter((row) => row.timeMs === entry.timeMs && isAboutSame(row, entry)).flatMap(({ seqs }) => seqs),
    );
  }
  return causes;
}

/** Whether the event has a cause outside its own element. */
function hasOuterCause(causes: ReadonlyMap<number, readonly number[]>, seq: number, { seqs }: StoryElement): boolean {
  return (causes.get(seq) ?? []).some((cause) => !seqs.includes(cause));
}

/** The last thing that the writer of a row did about the same message before. */
function lastBefore(elements: readonly StoryElement[], row: StoryPoint): StoryElement | undefined {
  return elements.findLast((other) => {
    const isThere = other.kind === 'point' ? other.at === row.at : other.from === row.at || other.to === row.at;
    return isThere && other.place < row.place && isAboutSame(other, row);
  });
}

function isAboutSame(one: StoryElement, other: StoryElement): boolean {
  return one.items.some((item) => other.items.includes(item));
}

function isDoneBefore(element: StoryElement, last: StoryElement | undefined): boolean {
  return (
    element.kind === 'point' &&
    element.importance !== 'background' &&
    DONE_TO_SYSTEMS.has(element.what) &&
    (last === undefined || element.place <= last.place)
  );
}

function addAnswers(
  past: Set<number>,
  { elements, wait }: { elements: readonly StoryElement[]; wait: StoryWait },
): void {
  const { startMs, items } = wait;
  for (const element of elements) {
    if (element.kind !== 'message' || element.what !== 'answer' || element.startMs < startMs) continue;
    if (element.endMs === null && element.items.some((item) => items.includes(item)))
      for (const seq of element.seqs) past.add(seq);
  }
}
