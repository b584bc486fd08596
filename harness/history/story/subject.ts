// What a story is about: the finding to explain, and which items belong to it.
import { type Finding, PROPERTY_IDS } from '../../formats/finding.ts';
import type { History } from '../../formats/history.ts';
import { messagesOf, type Messages } from '../messages.ts';
import { type Races, racesOf } from './races.ts';

/** A minimal run needs each of its messages for the violation: up to this number, all of them are shown. */
const ALL_SHOWN_MAX = 3;

/** A history, and the part of it that explains its plainest finding. */
export interface Subject {
  readonly history: History;
  /** All findings, the plainest first. */
  readonly findings: readonly Finding[];
  readonly items: ReadonlySet<string>;
  /** The rows that its messages raced for, by their `seq`, each with the items whose transaction wrote it. */
  readonly contested: Races['contested'];
  readonly messages: Messages;
}

/** Takes the finding that is easiest to understand, and collects what belongs to it: its items, and those that raced with them. */
export function subjectOf(
  history: History,
  { findings, isSmallest = false }: { readonly findings: readonly Finding[]; readonly isSmallest?: boolean },
): Subject {
  const sorted = findings.toSorted((left, right) => rank(left) - rank(right));
  const known = new Set(history.items.map(({ item }) => item));
  const named = (sorted[0]?.items ?? []).filter((item) => known.has(item));
  const { rivals, contested } = racesOf(history, sorted[0]);
  const isAllShown = isSmallest && known.size <= ALL_SHOWN_MAX;
  return {
    history,
    findings: sorted,
    items: named.length === 0 || isAllShown ? known : new Set([...named, ...rivals]),
    contested,
    messages: messagesOf(history),
  };
}

/** Names the item after a label if the story is about several: ` #1`, or with its campaign if the run has several campaigns. */
export function suffixOf({ history, items }: Subject, item: string): string {
  if (items.size < 2) return '';
  const [first, ...others] = history.items.map(({ campaign }) => campaign);
  const isOnly = first !== undefined && others.every((campaign) => campaign === first);
  return ` ${isOnly && item.startsWith(`${first}#`) ? item.slice(first.length) : item}`;
}

/** The items of these uuids, as far as they are known. */
export function itemsOf({ messages }: Subject, uuids: readonly string[]): string[] {
  return [...new Set(uuids.flatMap((uuid) => messages.itemOf(uuid)?.item ?? []))];
}

/** Whether one of the items is one that the story is about. */
export function concerns({ items }: Subject, named: readonly string[]): boolean {
  return named.some((item) => items.has(item));
}

/** Properties are listed from the easiest to the hardest to understand. */
function rank(finding: Finding): number {
  return PROPERTY_IDS.indexOf(finding.property);
}
