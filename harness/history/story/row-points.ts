// A change of a row, as a point at the lifeline of its writer. Log rows of the story's messages, breakers that change their state and rows
// that messages raced for are more than background.
import type { EventOf } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { type RowImage, textIn } from '../row-values.ts';
import { imageOf } from '../rows.ts';
import { authorityReadFor } from './authority-read.ts';
import { type PointDraft, pointAt } from './draft.ts';
import type { Lifeline } from './story.ts';
import { rowWords } from './row-words.ts';
import { concerns, itemsOf, type Subject, suffixOf } from './subject.ts';

type Row = EventOf<'row'>;

/** The columns whose change means something to a reader. */
const SHOWN_COLUMNS = ['source', 'status', 'state', 'holder', 'units', 'mode', 'dry_run'];

/** The point of a changed row. */
export function rowPoint(row: Row, subject: Subject): PointDraft {
  const { table, transaction } = row;
  return { ...pointOfRow(row, subject), row: { table, transaction, words: rowWords(row) + knownFrom(row, subject) } };
}

function pointOfRow(row: Row, subject: Subject): PointDraft {
  const at = writerOf(row, subject.history);
  const items = itemsOf(
    subject,
    [textIn(imageOf(row), 'message_uuid')].filter((uuid) => uuid !== ''),
  );
  const words = `${row.table} ${row.operation}: ${changeWords(row)}`;
  const state = textIn(row.after, 'state');
  if (row.table === 'messaging_breakers' && isNewState(row)) {
    const labels = [`breaker ${textIn(row.after, 'name')} is ${state}`, `breaker ${state}`] as const;
    return pointAt(row, { what: 'breaker', at, labels, items, importance: at === 'rig' ? 'background' : 'change' });
  }
  if (row.table === 'quota_accounts' && row.operation === 'update') {
    const balance = `balance ${[row.before, row.after].map((image) => plain(cellOf(image, 'units'))).join(' -> ')}`;
    const writers = subject.contested.get(row.seq);
    if (writers === undefined) return pointAt(row, { what: 'row', at, labels: [words, balance], items });
    return pointAt(row, contestedPoint({ at, words: balance, writers, subject }));
  }
  const writers = row.table === 'sms_logs' ? undefined : subject.contested.get(row.seq);
  if (writers !== undefined) return pointAt(row, contestedPoint({ at, words, writers, subject }));
  if (row.table !== 'sms_logs' || row.after === null || !concerns(subject, items)) {
    return pointAt(row, { what: 'row', at, labels: [words], items });
  }
  const name = suffixOf(subject, items[0] ?? '');
  const short = `log: ${plain(row.after['source'])} ${plain(row.after['status'])}${name}`;
  const known = knownFrom(row, subject);
  const labels = known === '' ? [short] : [`${short}${known}`, short];
  return pointAt(row, { what: 'row', at, labels: [`${words}${known}`, ...labels], items, importance: 'context' });
}

/** How the legacy app can know a logged outcome that no answer had, in words; '' otherwise. */
function knownFrom(row: Row, { history }: Subject): string {
  const read = authorityReadFor(history, row);
  return read === undefined ? '' : ` (no answer, but authority ${read.state})`;
}

/** A row that several messages raced for names the items whose change it is. */
function contestedPoint(row: {
  at: Lifeline;
  words: string;
  writers: readonly string[];
  subject: Subject;
}): Parameters<typeof pointAt>[1] {
  const { at, words, writers, subject } = row;
  const names = writers.map((item) => suffixOf(subject, item)).join('');
  return { what: 'row', at, labels: [`${words}${names}`], items: writers, importance: 'change' };
}

/** A breaker is CLOSED before its first row, so a first row with CLOSED changes nothing. */
function isNewState({ before, after }: Row): boolean {
  const state = textIn(after, 'state');
  return state !== '' && state !== (textIn(before, 'state') || 'CLOSED');
}

function changeWords({ key, before, after }: Row): string {
  const changed = SHOWN_COLUMNS.filter((column) => cellOf(before, column) !== cellOf(after, column));
  const changes = changed.map((column) => {
    const [old, fresh] = [cellOf(before, column), cellOf(after, column)];
    return old === undefined ? `${column} ${plain(fresh)}` : `${column} ${plain(old)} -> ${plain(fresh)}`;
  });
  return changes.length > 0 ? changes.join(', ') : key;
}

function cellOf(image: RowImage, column: string): unknown {
  return image?.[column];
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
}

function writerOf({ role }: Row, { roles }: History): Lifeline {
  if (role === roles.rig) return 'rig';
  return role === roles.service ? 'service' : 'legacy app';
}
