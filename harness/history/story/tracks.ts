// The states over time of the authority over each message, of the breakers and of the balance of each account. A balance that never changed
// has a track only if the finding is about charges. A breaker without rows has none.
import type { HistoryEvent } from '../../formats/event.ts';
import { authorityRowsOf } from '../authority-rows.ts';
import { BREAKERS, breakerSpells } from '../breaker-spells.ts';
import { groupBy } from '../group-by.ts';
import { numberIn, textIn } from '../row-values.ts';
import { rowsOf, systemRowsOf } from '../rows.ts';
import { msOf } from './draft.ts';
import type { Lifeline, StorySpell, StoryTrack } from './story.ts';
import type { Subject } from './subject.ts';

/** A state, and the row that began it; without one, the state that the run began with. */
interface State {
  readonly begun: HistoryEvent | undefined;
  readonly words: string;
  readonly holder?: string;
}

/** The tracks of the story's messages, breakers and accounts. */
export function tracksOf(subject: Subject): StoryTrack[] {
  return [...authorityTracks(subject), ...breakerTracks(subject), ...quotaTracks(subject)];
}

function authorityTracks({ history, items, messages }: Subject): StoryTrack[] {
  return [...items].flatMap((item) => {
    const messageUuid = messages.byItem.get(item)?.entry?.messageUuid;
    if (messageUuid === undefined) return [];
    const rows = authorityRowsOf(history, messageUuid);
    return trackOf(
      { kind: 'authority', of: item },
      rows.map(({ row, state, holder }) => ({ begun: row, words: state, holder })),
    );
  });
}

function breakerTracks({ history }: Subject): StoryTrack[] {
  const named = new Set(rowsOf(history, 'messaging_breakers').map((row) => textIn(row.after ?? row.before, 'name')));
  return BREAKERS.filter((breaker) => named.has(breaker) || named.has('')).flatMap((breaker) =>
    trackOf(
      { kind: 'breaker', of: breaker },
      breakerSpells(history, breaker).map(({ state, begun }) => ({ begun, words: state })),
    ),
  );
}

function quotaTracks({ history, items, findings }: Subject): StoryTrack[] {
  const named = new Set(history.items.flatMap(({ item, tenant }) => (items.has(item) ? [tenant] : [])));
  const changes = systemRowsOf(history, 'quota_accounts').filter(
    ({ before, after }) => textIn(before, 'units') !== textIn(after, 'units'),
  );
  return history.tenants.flatMap(({ key, tenantId, quota }) => {
    const own = changes.filter(({ before, after }) => numberIn(after ?? before, 'tenant_id') === tenantId);
    if (!named.has(key) || (own.length === 0 && !isAboutCharges(findings))) return [];
    const states = own.map((row) => ({ begun: row, words: textIn(row.after, 'units') || 'none' }));
    return trackOf({ kind: 'quota', of: key }, [{ begun: undefined, words: String(quota) }, ...states]);
  });
}

/** Whether the finding is about charges: then a balance that did not change is as important as one that did. */
function isAboutCharges([first]: Subject['findings']): boolean {
  return first?.property === 'S9' || first?.property === 'S10';
}

/** One track, or none without states. Of states that began at the same time the last one counts, and equal neighbours are one spell. */
function trackOf(track: Pick<StoryTrack, 'kind' | 'of'>, states: readonly State[]): StoryTrack[] {
  const lasting = [...groupBy(states, ({ begun }) => begun?.earliest ?? -1).values()].flatMap(
    (together) => together.at(-1) ?? [],
  );
  const fresh = lasting.filter((state, index) => !isSame(state, lasting[index - 1]));
  const spells = fresh.map(({ begun, words, holder }, index): StorySpell => {
    const next = fresh[index + 1]?.begun;
    return {
      seq: begun?.seq ?? null,
      startMs: begun === undefined ? 0 : msOf(begun),
      endMs: next === undefined ? null : msOf(next),
      words,
      holder: holder === undefined ? null : lifelineOf(holder),
    };
  });
  return spells.length === 0 ? [] : [{ ...track, spells }];
}

function isSame(state: State, before: State | undefined): boolean {
  return before !== undefined && before.words === state.words && before.holder === state.holder;
}

function lifelineOf(holder: string): Lifeline | null {
  if (holder === 'legacy') return 'legacy app';
  return holder === 'service' || holder === 'go' ? 'service' : null;
}
