// Describes a change of a row in the words of the protocol, if its table is one of the protocol's.
import type { EventOf } from '../../formats/event.ts';
import { textIn } from '../row-values.ts';
import { imageOf } from '../rows.ts';

type Row = EventOf<'row'>;

/** The words for a change in each table; '' for a change without known meaning. */
const WORDS: Readonly<Record<string, (row: Row) => string>> = {
  send_authority: (row) => after('authority:', column(row, 'holder'), column(row, 'state')),
  sms_logs: (row) => after('log:', column(row, 'source'), column(row, 'status')),
  go_sms_logs: (row) => after(isRehearsal(row) ? "service's log, rehearsal:" : "service's log:", column(row, 'status')),
  quota_ledger: (row) => after('ledger', column(row, 'state')),
  quota_accounts: (row) => change('balance', row, 'units'),
  feature_flags: (row) => change('mode', row, 'mode'),
  messaging_breakers: breakerWords,
  campaign_sms: itemWords,
};

/** For example `authority: service CLAIMED`, or the table and the operation. */
export function rowWords(row: Row): string {
  const { table, operation } = row;
  const words = operation === 'delete' ? '' : (WORDS[table]?.(row) ?? '');
  return words === '' ? `${table} ${operation}` : words;
}

function breakerWords(row: Row): string {
  const failures = column(row, 'failures');
  const counted = failures === '' || failures === '0' ? '' : `, ${failures} failed`;
  return after(`${column(row, 'name')} breaker`.trim(), `${column(row, 'state')}${counted}`);
}

function itemWords(row: Row): string {
  if (isNew(row, 'message_uuid')) return after('uuid stored', pinned(row));
  return isNew(row, 'settled') && column(row, 'settled') === 'true' ? 'message settled' : '';
}

function pinned(row: Row): string {
  const mode = column(row, 'mode');
  return mode === '' ? '' : `with mode ${mode}`;
}

function isRehearsal(row: Row): boolean {
  return column(row, 'dry_run') === 'true';
}

function isNew({ before, after: image }: Row, name: string): boolean {
  return textIn(image, name) !== '' && textIn(before, name) !== textIn(image, name);
}

function change(name: string, row: Row, of: string): string {
  const [old, fresh] = [textIn(row.before, of), textIn(row.after, of)];
  return old === '' || old === fresh ? after(name, fresh) : `${name} ${old} -> ${fresh}`;
}

function column(row: Row, name: string): string {
  return textIn(imageOf(row), name);
}

/** The name and the words after it; '' when all words are empty. */
function after(name: string, ...words: readonly string[]): string {
  const known = words.filter((word) => word !== '');
  return known.length === 0 ? '' : [name, ...known].join(' ');
}
