// Makes the story of a history: all its elements in order, each with the findings that it witnesses and the faults that it shows.
import type { Counterexample } from '../../formats/counterexample.ts';
import type { Explanation } from '../../formats/explanation.ts';
import type { Finding } from '../../formats/finding.ts';
import type { History } from '../../formats/history.ts';
import { acceptsByItem } from '../sends.ts';
import { callElements } from './call-elements.ts';
import type { Draft } from './draft.ts';
import { faultsOf, seeFaults } from './faults-shown.ts';
import { tablesOf } from './final-rows.ts';
import { type Moment, orderMoments } from './order-moments.ts';
import { pastOf } from './past.ts';
import { pointElements } from './point-elements.ts';
import { sendElements } from './send-elements.ts';
import { inStoryOrder, type Story, type StoryElement, type StoryPlace } from './story.ts';
import { type Subject, subjectOf } from './subject.ts';
import { tracksOf } from './tracks.ts';
import { waitsOf } from './waits.ts';

/** A history with its findings; a counterexample is one. */
export interface HistoryWithFindings {
  readonly history: History;
  readonly findings: readonly Finding[];
  /** How its shrinking ended, for a counterexample. */
  readonly shrinking?: Pick<Counterexample['shrinking'], 'stopped'>;
  /** Where the nearest run that passes differs, for a counterexample that was explained. */
  readonly explanation?: Pick<Explanation, 'parting'>;
}

/** The story of a history: about the finding that is easiest to understand or, without findings, about all its messages. */
export function storyOf(history: History, found: Omit<HistoryWithFindings, 'history'>): Story {
  const subject = subjectOf(history, { findings: found.findings, isSmallest: found.shrinking?.stopped === 'minimal' });
  const faults = faultsOf(history);
  const all = [...pointElements(subject), ...callElements(subject), ...sendElements(subject)];
  const drafts = all.toSorted((left, right) => left.timeMs - right.timeMs || left.seq - right.seq);
  const seen = seeFaults(subject, faults, drafts);
  // The separate point of a fault is above the element of the same event: of moments of one event, the first in the input comes first.
  const shown = [
    ...seen.own.map(({ point, fault }) => ({ draft: point as Draft, faults: [fault] })),
    ...withoutDoubles(drafts, seen.own).map((draft) => ({ draft, faults: seen.on.get(draft) ?? [] })),
  ];
  const places = orderMoments<Moment>(
    history,
    shown.flatMap(({ draft }) => [draft, endOf(draft) ?? []].flat()),
  );
  const elements = shown.map(({ draft, faults: numbers }) => complete(draft, { faults: numbers, subject, places }));
  const sorted = elements.toSorted(inStoryOrder);
  const accepts = acceptsByItem(history);
  const waits = waitsOf(subject);
  return {
    system: history.system,
    scenario: history.scenario.name,
    findings: subject.findings,
    items: [...subject.items],
    sent: history.items.map(({ item }) => ({ item, times: accepts.get(item)?.length ?? 0 })),
    faults,
    elements: sorted,
    waits,
    tracks: tracksOf(subject),
    tables: tablesOf(subject),
    past: pastOf(history, {
      elements: sorted,
      waits,
      faults,
      items: subject.items,
      findings: subject.findings,
      parting: found.explanation?.parting?.seq,
    }),
  };
}

function endOf(draft: Draft): Moment | undefined {
  return draft.kind === 'message' ? draft.end : undefined;
}

/** Leaves out the rig's points for applying a fault that has a separate point. */
function withoutDoubles(drafts: readonly Draft[], own: ReturnType<typeof seeFaults>['own']): readonly Draft[] {
  const shown = new Set(own.flatMap(({ point }) => point.seqs));
  return drafts.filter((draft) => draft.kind !== 'point' || draft.at !== 'rig' || !shown.has(draft.seq));
}

/** Completes a draft. A witness of the finding that the story is about gets the highest importance, so that no drawing leaves it out. */
function complete(
  draft: Draft,
  known: { faults: readonly number[]; subject: Subject; places: ReadonlyMap<Moment, StoryPlace> },
): StoryElement {
  const { faults, subject, places } = known;
  const witnessOf = subject.findings.flatMap(({ witnesses }, index) =>
    witnesses.some((seq) => draft.seqs.includes(seq)) ? [index] : [],
  );
  const importance = witnessOf.includes(0) ? 'witness' : draft.importance;
  const place = places.get(draft) ?? { timeMs: draft.timeMs, place: 0 };
  if (draft.kind === 'point') return { ...draft, ...place, importance, witnessOf, faults };
  const end = draft.end === undefined ? null : (places.get(draft.end) ?? null);
  return { ...draft, ...place, end, importance, witnessOf, faults };
}
