import { expect, test } from 'vitest';
import { mismatchesSchema } from '../formats/answer-mapping.ts';
import { countsIn, mismatchesIn } from './mapped-answers.ts';

const counted = (output: string, counts?: Record<string, string>) => countsIn(output, counts);
const found = (output: string, mapping: object) => {
  const text = mismatchesIn(output, mismatchesSchema.parse(mapping));
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
};

test('the counts of a report are read from their places', () => {
  expect(counted('{"pending": 1}')).toBe('{"pending":1}');
  const counts = { pending: '/left/open', resent: 'sent' };
  expect(counted('{"left": {"open": 2}, "sent": 0, "took": "5 s"}', counts)).toBe('{"pending":2,"resent":0}');
  expect(counted('{"left": {"open": "2"}, "sent": 0}', counts)).toBeUndefined();
  expect(counted('{"sent": 0}', counts)).toBeUndefined();
});

test('the output of a command can hold more than its report', () => {
  expect(counted('[info] begun\n{"pending": 0}\ndone')).toBe('{"pending":0}');
  expect(counted('{\n  "pending": 3\n}')).toBe('{"pending":3}');
  expect([counted(''), counted('all is well'), counted('{"pending": ')]).toEqual([undefined, undefined, undefined]);
});

test('the mismatches of a report can be in one list with their kinds', () => {
  expect(found('[{"kind": "missing_in_go", "messageUuid": "u1"}]', {})).toEqual([
    { kind: 'missing_in_go', messageUuid: 'u1' },
  ]);
  const mapping = { list: '/differences', kind: 'what', uuid: '/of/ref', kinds: { gone: 'missing_in_go', old: null } };
  const output = (...kinds: string[]) =>
    JSON.stringify({ differences: kinds.map((what, place) => ({ what, of: { ref: `u${place}` } })) });
  expect(found(output('gone', 'old', 'status_mismatch'), mapping)).toEqual([
    { kind: 'missing_in_go', messageUuid: 'u0' },
    { kind: 'status_mismatch', messageUuid: 'u2' },
  ]);
  expect(found('{"differences": [{"what": "gone"}]}', mapping)).toBeUndefined();
  expect(found('{"differences": {}}', mapping)).toBeUndefined();
  // The mapping does not translate this kind, so it is kept.
  expect(found(output('toString'), mapping)).toEqual([{ kind: 'toString', messageUuid: 'u0' }]);
});

test('the mismatches of a report can be in one list for each kind, of uuids or of objects with a uuid', () => {
  const lists = { missing_in_go: 'missing', status_mismatch: '/mismatched/status' };
  const output = '{"missing": ["u1"], "mismatched": {"status": ["u2", "u3"]}, "extra": []}';
  expect(found(output, { lists })).toEqual([
    { kind: 'missing_in_go', messageUuid: 'u1' },
    { kind: 'status_mismatch', messageUuid: 'u2' },
    { kind: 'status_mismatch', messageUuid: 'u3' },
  ]);
  expect(found('{"missing": [{"id": "u1"}]}', { lists: { missing_in_go: 'missing' }, uuid: 'id' })).toHaveLength(1);
  expect(found('{"missing": []}', { lists })).toBeUndefined();
});

test('the mismatches of a report can be in lines of text, such as a table', () => {
  const lines = String.raw`^\| (?<kind>\w+) +\| (?<uuid>\S+) +\|$`;
  const output = '+------+------+\n| kind | uuid |\n+------+------+\n| gone | u1   |\n+------+------+';
  const kinds = { kind: null, gone: 'missing_in_laravel' };
  expect(found(output, { lines, kinds })).toEqual([{ kind: 'missing_in_laravel', messageUuid: 'u1' }]);
  expect(found('nothing differs', { lines, kinds })).toEqual([]);
});
