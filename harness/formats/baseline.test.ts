import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../platform/compiled-module.ts';
import {
  type Baseline,
  baselineDocument,
  baselineSchema,
  isAccepted,
  TEMPLATE_WORDS,
  unfinishedBaselineDocument,
} from './baseline.ts';
import { checkDocument } from './document.ts';

const entry = {
  fingerprint: 'S1: accept service ON; accept legacy ON',
  property: 'S1',
  reason: 'the fallback is switched off',
  ticket: 'SMS-1',
  until: '2027-01-31',
  by: 'Jane Doe',
};
const baseline: Baseline = { format: 'onesend.baseline/1', system: 'pair', accepted: [entry] };
const withEntry = (fields: object) => ({ ...baseline, accepted: [{ ...entry, ...fields }] });

test.each<[string, object, string]>([
  ['an unknown field', { ...baseline, seed: 1 }, 'document: Unrecognized key: "seed"'],
  ['an unknown field of an entry', withEntry({ severity: 'low' }), 'accepted.0: Unrecognized key: "severity"'],
  [
    'a day that does not exist',
    withEntry({ until: '2027-02-30' }),
    'accepted.0.until: expected a day such as 2027-01-31',
  ],
  ['a day in words', withEntry({ until: 'next week' }), 'accepted.0.until: expected a day such as 2027-01-31'],
  [
    'two entries for one violation',
    { ...baseline, accepted: [entry, { ...entry, by: 'John Doe' }] },
    `accepted.1.fingerprint: is listed twice: '${entry.fingerprint}'`,
  ],
  [
    'a property other than the one that begins its fingerprint',
    withEntry({ property: 'S2' }),
    "accepted.0.property: expected the beginning of the fingerprint, found 'S2'",
  ],
  [
    'the text of the template',
    withEntry({ reason: TEMPLATE_WORDS.reason }),
    'accepted.0.reason: expected your own text, found that of the template',
  ],
  ['no name', withEntry({ by: ' ' }), 'accepted.0.by: expected your own text, found none'],
])('a baseline with %s is refused in one line', (_, document, line) => {
  expect(() => checkDocument(baselineDocument, document, 'b.json')).toThrow(`b.json: ${line}`);
});

test('a baseline whose placeholders are not replaced yet can be read in order to add entries', () => {
  const open = withEntry(TEMPLATE_WORDS);
  expect(checkDocument(unfinishedBaselineDocument, open, 'b.json')).toEqual(open);
});

test('a headline and the day of writing are read where a file has them, and are not compared', () => {
  const withOtherWords = withEntry({ headline: 'S1 AtMostOnce: another sentence', since: '2026-12-31' });
  for (const file of [baseline, withOtherWords]) {
    const read = checkDocument(baselineDocument, file, 'b.json');
    expect(read).toEqual(file);
    expect(isAccepted(entry.fingerprint, { ...read, day: '2027-01-01' })).toBe(true);
  }
});

test('a baseline accepts a violation until the end of its last day, and accepts no other violation', () => {
  const on = (day: string) => isAccepted(entry.fingerprint, { day, accepted: baseline.accepted });
  expect([on('2027-01-30'), on('2027-01-31'), on('2027-02-01')]).toEqual([true, true, false]);
  expect(isAccepted('S1: accept legacy ON', { day: '2027-01-01', accepted: baseline.accepted })).toBe(false);
  expect(isAccepted(entry.fingerprint, undefined)).toBe(false);
});

test('the JSON Schema of baselines in the package equals the one in the code', async () => {
  const file = join(packageRoot, 'docs/onesend.baseline.schema.json');
  const schema = `${JSON.stringify(z.toJSONSchema(baselineSchema, { io: 'input' }), undefined, 2)}\n`;
  await expect(schema).toMatchFileSnapshot(file);
});
