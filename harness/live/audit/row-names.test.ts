import { describe, expect, test } from 'vitest';
import { canonicalRow, realWord, rowKey } from './row-names.ts';

const table = { name: 'messages', key: ['message_uuid', 'dry_run'], columns: { message_uuid: 'guid' } };

describe('the rows of a system', () => {
  test('the rows of a system get canonical column names when the description has others', () => {
    expect(canonicalRow(table, { guid: 'u', dry_run: true, other: 1 })).toEqual({
      message_uuid: 'u',
      dry_run: true,
      other: 1,
    });
    expect(canonicalRow(table, null)).toBeNull();
  });

  test('the rows of a system get canonical words when the system has its own, and the translation can be reversed', () => {
    const own = { ...table, values: { status: { sent: 'accepted', 3: 'rejected' } } };
    expect(canonicalRow(own, { status: 'sent' })).toEqual({ status: 'accepted' });
    expect(canonicalRow(own, { status: 3 })).toEqual({ status: 'rejected' });
    expect(canonicalRow(own, { status: 'accepted', source: 'sent' })).toEqual({ status: 'accepted', source: 'sent' });
    expect(realWord(own, { column: 'status', word: 'rejected' })).toBe('3');
    expect(realWord(own, { column: 'status', word: 'duplicate' })).toBe('duplicate');
  });

  test('the rows of a system are identified by their key, with real or canonical names in the description', () => {
    const row = { message_uuid: 'u', dry_run: false };
    expect(rowKey(table, row)).toBe('u/false');
    expect(rowKey({ ...table, key: ['guid', 'dry_run'] }, row)).toBe('u/false');
    expect(rowKey({ ...table, key: ['id'] }, { id: 7 })).toBe('7');
    expect(rowKey({ ...table, key: ['id'] }, {})).toBe('');
  });
});
