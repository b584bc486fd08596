// Makes the rows of a diagram from a story, in order, with the dwells and the faults between them.
import { IMPORTANCES, type Story, type StoryElement, type StoryPoint } from '../../../harness/history/story/story.ts';
import { groupBy } from '../../../harness/history/group-by.ts';
import { messageSteps } from './message-steps.ts';
import { placeAt, type Picture, type Unnumbered } from './picture.ts';
import { faultSteps, pointStep, writeStep } from './point-steps.ts';
import type { Dwell, Step } from './step.ts';

/** The maximum number of elements in a diagram. A larger one would not be read, so it keeps the most important elements. */
const ELEMENTS_MAX = 220;

/** A fault, with the row at which its band begins. */
export interface FaultBand {
  readonly fault: Story['faults'][number];
  readonly step: Step;
}

/** The rows of a diagram, and what is drawn between them. */
export interface Steps {
  readonly steps: readonly Step[];
  readonly dwells: readonly Dwell[];
  readonly faults: readonly FaultBand[];
  /** How many elements about messages are not drawn. */
  readonly omitted: number;
}

/** Makes the rows of a story. */
export function stepsOf(story: Story): Steps {
  const picture: Picture = { story, past: new Set(story.past) };
  const { kept, omitted } = elementsShown(story);
  const dwells: Dwell[] = [];
  const rows: Unnumbered[] = [];
  for (const together of groupBy(kept, (element) => transactionOf(element) ?? element).values()) {
    const [element] = together;
    if (element === undefined) continue;
    if (element.kind === 'message') {
      const drawn = messageSteps(element, picture);
      rows.push(...drawn.steps);
      dwells.push(...drawn.dwells);
    } else if (element.row === undefined) rows.push(pointStep(element, picture));
    else rows.push(...[writeStep(together.filter(isPoint), picture)].filter((step) => step !== undefined));
  }
  const faults = faultSteps(story, picture, (timeMs) => placeAt(story, timeMs, -1));
  const steps = numbered([...rows, ...faults.map(({ step }) => step)]);
  const byPlan = new Map(steps.map(({ plan, step }) => [plan, step]));
  return {
    steps: steps.map(({ step }) => step),
    dwells,
    omitted,
    faults: faults.flatMap(({ fault, step }) => {
      const [band, drawn] = [story.faults[fault], byPlan.get(step)];
      return band === undefined || drawn === undefined ? [] : [{ fault: band, step: drawn }];
    }),
  };
}

/** The rows in order, with their witnesses numbered from 1. */
function numbered(rows: readonly Unnumbered[]): { plan: Unnumbered; step: Step }[] {
  let witnesses = 0;
  return rows
    .toSorted((left, right) => left.place - right.place || left.timeMs - right.timeMs)
    .map((plan) => {
      if (plan.witness) witnesses += 1;
      return { plan, step: { ...plan, witness: plan.witness ? witnesses : null } };
    });
}

/** The elements that concern the finding; if there are too many, the most important of them. */
function elementsShown(story: Story): { kept: readonly StoryElement[]; omitted: number } {
  const items = new Set(story.items);
  const own = new Set(story.elements.filter((element) => isShown(element, items)));
  const written = new Set([...own].map(transactionOf).filter((transaction) => transaction !== undefined));
  // All changes of one transaction are shown if one of them is.
  const shown = story.elements.filter((element) => own.has(element) || written.has(transactionOf(element) ?? ''));
  const kept = new Set<StoryElement>();
  for (const importance of IMPORTANCES) {
    for (const element of shown) if (element.importance === importance && kept.size < ELEMENTS_MAX) kept.add(element);
  }
  const isOmitted = (element: StoryElement): boolean => !kept.has(element) && isOfMessages(element);
  return { kept: shown.filter((element) => kept.has(element)), omitted: story.elements.filter(isOmitted).length };
}

function isShown(element: StoryElement, items: ReadonlySet<string>): boolean {
  if (element.importance === 'witness') return true;
  // Faults have their own rows, with their windows.
  if (element.kind === 'point' && element.what === 'fault') return false;
  if (element.importance !== 'background') return true;
  const isOfItems = element.items.some((item) => items.has(item));
  if (element.kind === 'message') return isOfItems && (element.what === 'trigger' || element.what === 'response');
  return element.row !== undefined && isOfItems;
}

/** Whether an element is about messages. Log lines and actions of the rig do not count as omitted: the page lists log lines below. */
function isOfMessages(element: StoryElement): boolean {
  return element.items.length > 0 && (element.kind === 'message' || (element.what !== 'log' && element.what !== 'rig'));
}

function isPoint(element: StoryElement): element is StoryPoint {
  return element.kind === 'point';
}

/** A key for the transaction that changed a table row; undefined for any other element. */
export function transactionOf(element: StoryElement): string | undefined {
  return element.kind === 'point' && element.row !== undefined
    ? `${element.at} ${element.row.transaction} ${element.timeMs}`
    : undefined;
}
