import { expect, test } from 'vitest';
import { z } from 'zod';
import { complaintsOf } from './complaints.ts';

const command = z.strictObject({ file: z.string(), arguments: z.array(z.string()) });
const schema = z.strictObject({
  name: z.string(),
  mode: z.enum(['slow', 'fast']),
  ports: z.array(z.strictObject({ number: z.int().min(1), path: z.string() })),
  tables: z.record(z.string(), z.strictObject({ key: z.string() })),
  start: z.union([z.string(), command]),
  colour: z.enum(['red', 'green', 'blue', 'black', 'white', 'grey']),
});

const valid = {
  name: 'a',
  mode: 'slow',
  ports: [{ number: 1, path: '/' }],
  tables: { t: { key: 'id' } },
  start: 'node',
  colour: 'red',
};

const complaints = (value: unknown): string[] => {
  const parsed = schema.safeParse(value, { reportInput: true });
  return parsed.success ? [] : complaintsOf(schema, parsed.error.issues);
};

test('a valid value has no complaints', () => {
  expect(complaints(valid)).toEqual([]);
});

test('all errors of a value are reported at once, each with its path', () => {
  expect(complaints({ ...valid, name: 1, mode: 'swift', ports: [{ number: 0, path: '/' }] })).toEqual([
    'name: expected string, received number',
    'mode: expected one of "slow"|"fast"',
    'ports.0.number: expected number to be >=1',
  ]);
});

test('among many allowed values the complaint suggests the one that was probably meant', () => {
  expect(complaints({ ...valid, colour: 'greem' })).toEqual(['colour: "greem" is unknown, did you mean \'green\'?']);
  expect(complaints({ ...valid, colour: 7 })).toEqual(['colour: expected one of red, green, blue, black, white, grey']);
});

test('a complaint about a missing value says that it is missing', () => {
  const { name: _, ...rest } = valid;
  expect(complaints(rest)).toEqual(['name: expected string, it is missing']);
});

test.each([
  ['at the top', { ...valid, names: 'b' }, "names: unknown, did you mean 'name'?"],
  ['in an array', { ...valid, ports: [{ number: 1, pth: '/' }] }, "ports.0.pth: unknown, did you mean 'path'?"],
  ['in a record', { ...valid, tables: { t: { kee: 'id' } } }, "tables.t.kee: unknown, did you mean 'key'?"],
  ['in a union', { ...valid, start: { fil: 'x', arguments: [] } }, "start.fil: unknown, did you mean 'file'?"],
])('a misspelt key %s is reported once, with the key that was probably meant', (_, value, line) => {
  expect(complaints(value)).toEqual([line]);
});

test('the complaint about a key that resembles none lists the allowed keys', () => {
  expect(complaints({ ...valid, extra: 1 })).toEqual([
    'extra: unknown, expected one of name, mode, ports, tables, start, colour',
  ]);
});

test('the complaint about a value of a wrong type lists the types of a union', () => {
  expect(complaints({ ...valid, start: 7 })).toEqual(['start: expected string or object']);
});
