// The states of a breaker over time, from the commits of its row.
import type { History } from '../formats/history.ts';
import { perHistory } from './per-history.ts';
import { textIn } from './row-values.ts';
import { type Row, rowsOf } from './rows.ts';
import type { Window } from './window.ts';

/** The two breakers: one for live calls, one for rehearsals. */
export const BREAKERS = ['live', 'dry'] as const;

/** A breaker, named after the calls that it guards. */
export type Breaker = (typeof BREAKERS)[number];

/** A period in which a breaker stayed in one state. */
export interface BreakerSpell {
  readonly state: string;
  readonly window: Window;
  /** The row that began it; undefined for the state that the run began with. */
  readonly begun: Row | undefined;
}

/** The spells of a breaker, in order. Before its first row it is CLOSED. A row without a name belongs to both. */
export function breakerSpells(history: History, breaker: Breaker): readonly BreakerSpell[] {
  return spells[breaker](history);
}

const spells = {
  live: perHistory((history) => spellsOf(history, 'live')),
  dry: perHistory((history) => spellsOf(history, 'dry')),
};

function spellsOf(history: History, breaker: Breaker): BreakerSpell[] {
  const found: BreakerSpell[] = [];
  let [state, begun]: [string, Row | undefined] = ['CLOSED', undefined];
  for (const row of lastOfTransactions(history, breaker)) {
    const next = textIn(row.after, 'state').toUpperCase() || 'CLOSED';
    if (next === state) continue;
    found.push({ state, begun, window: windowOf(begun, row) });
    [state, begun] = [next, row];
  }
  return [...found, { state, begun, window: windowOf(begun, undefined) }];
}

/** The last row of each transaction: other transactions never saw the rows before it. */
function lastOfTransactions(history: History, breaker: Breaker): readonly Row[] {
  const rows = rowsOf(history, 'messaging_breakers').filter((row) => {
    const name = textIn(row.after ?? row.before, 'name');
    return name === '' || name === breaker;
  });
  return rows.filter((row, place) => {
    const next = rows[place + 1];
    return next?.transaction !== row.transaction || next.earliest !== row.earliest;
  });
}

function windowOf(from: Row | undefined, until: Row | undefined): Window {
  return {
    fromEarliest: from?.earliest ?? Number.NEGATIVE_INFINITY,
    fromLatest: from?.latest ?? Number.NEGATIVE_INFINITY,
    untilEarliest: until?.earliest ?? Number.POSITIVE_INFINITY,
    untilLatest: until?.latest ?? Number.POSITIVE_INFINITY,
    witnesses: [from, until].filter((row) => row !== undefined),
  };
}
