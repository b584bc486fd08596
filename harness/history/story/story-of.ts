// Makes the story of a history: all its elements in order, each with the findings it witnesses and the faults it shows at work.
import type { Finding } from '../../formats/finding.ts';
import type { History } from '../../formats/history.ts';
import { acceptsByItem } from '../sends.ts';
import { callElements } from './call-elements.ts';
import type { Draft } from './draft.ts';
import { faultsOf, seeFaults } from './faults-shown.ts';
import { pointElements } from './point-elements.ts';
import { sendElements } from './send-elements.ts';
import { inStoryOrder, type Story, type StoryElement } from './story.ts';
import { subjectOf } from './subject.ts';

/** A history with what was found in it; a counterexample is one. */
export interface HistoryWithFindings {
  readonly history: History;
  readonly findings: readonly Finding[];
}

/** The story of a history: about its plainest finding or, without one, about all its messages. */
export function storyOf(history: History, { findings }: { readonly findings: readonly Finding[] }): Story {
  const subject = subjectOf(history, findings);
  const faults = faultsOf(history);
  const drafts = [...pointElements(subject), ...callElements(subject), ...sendElements(subject)].toSorted(inStoryOrder);
  const seen = seeFaults(subject, faults, drafts);
  // A fault of its own stands above what shows it: sorting keeps the order of equals.
  const elements = [
    ...seen.own.map(({ point, fault }) => complete(point, { faults: [fault], subject })),
    ...withoutDoubles(drafts, seen.own).map((draft) => complete(draft, { faults: seen.on.get(draft) ?? [], subject })),
  ];
  const accepts = acceptsByItem(history);
  return {
    system: history.system,
    scenario: history.scenario.name,
    findings: subject.findings,
    items: [...subject.items],
    sent: history.items.map(({ item }) => ({ item, times: accepts.get(item)?.length ?? 0 })),
    faults,
    elements: elements.toSorted(inStoryOrder),
  };
}

/** What the rig did to apply a fault is shown once: as the fault. */
function withoutDoubles(drafts: readonly Draft[], own: ReturnType<typeof seeFaults>['own']): readonly Draft[] {
  const shown = new Set(own.flatMap(({ point }) => point.seqs));
  return drafts.filter((draft) => draft.kind !== 'point' || draft.at !== 'rig' || !shown.has(draft.seq));
}

/** A witness of the finding that the story is about is never left out. */
function complete(
  draft: Draft,
  { faults, subject }: { faults: readonly number[]; subject: { readonly findings: readonly Finding[] } },
): StoryElement {
  const witnessOf = subject.findings.flatMap(({ witnesses }, index) =>
    witnesses.some((seq) => draft.seqs.includes(seq)) ? [index] : [],
  );
  return { ...draft, importance: witnessOf.includes(0) ? 'witness' : draft.importance, witnessOf, faults };
}
