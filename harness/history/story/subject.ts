// What a story is about: the finding to explain, and which items belong to it.
import { type Finding, PROPERTY_IDS } from '../../formats/finding.ts';
import type { History } from '../../formats/history.ts';
import { messagesOf, type Messages } from '../messages.ts';
import { type Races, racesOf } from './races.ts';

/** Of the smallest run that violates each message is needed: up to so many are all shown. */
const TOLD_WHOLE_MAX = 3;

/** A history seen from its plainest finding. */
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
  const isToldWhole = isSmallest && known.size <= TOLD_WHOLE_MAX;
  return {
    history,
    findings: sorted,
    items: named.length === 0 || isToldWhole ? known : new Set([...named, ...rivals]),
    contested,
    messages: messagesOf(history),
  };
}

/** The item after a text, where the story is about several: `#1`, or with its campaign where the run has several. */
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

/** Properties are listed from the plainest to the subtlest. */
function rank(finding: Finding): number {
  return PROPERTY_IDS.indexOf(finding.property);
}
