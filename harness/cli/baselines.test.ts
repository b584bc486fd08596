import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Baseline, baselineDocument, unfinishedBaselineDocument } from '../formats/baseline.ts';
import { readDocument } from '../formats/document.ts';
import { addToBaseline, baselineOf, templateWords } from './baselines.ts';
import { createScreen } from './screen.ts';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'onesend-baseline-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const words = { reason: 'it is known', ticket: 'SMS-1', until: '2027-01-31', by: 'Jane Doe' };
const s1 = { fingerprint: 'S1: accept legacy ON', headline: 'S1 AtMostOnce: message c#1 was sent twice' };
const l1 = { fingerprint: 'L1', headline: 'L1 Terminal: violated' };
const addition = { system: 'pair', violations: [s1], words, isRenewing: true };
const untilOf = ({ accepted }: Baseline): string[] => accepted.map(({ property, until }) => `${property} ${until}`);

test('violations are added to a baseline, and renewed only on request', async () => {
  const file = join(folder, 'renewed.json');
  expect(await addToBaseline(file, addition)).toMatchObject({ added: 1, renewed: 0 });
  const later = { ...words, until: '2027-06-30' };
  const both = { ...addition, violations: [l1, s1], words: later };
  expect(await addToBaseline(file, { ...both, isRenewing: false })).toMatchObject({ added: 1, renewed: 0 });
  expect(untilOf(await readDocument(baselineDocument, file))).toEqual(['S1 2027-01-31', 'L1 2027-06-30']);
  expect(await addToBaseline(file, both)).toMatchObject({ added: 0, renewed: 2 });
  expect(untilOf(await readDocument(baselineDocument, file))).toEqual(['S1 2027-06-30', 'L1 2027-06-30']);
});

test('an entry of a baseline says in words what was violated, since when it is accepted, and why', async () => {
  const file = join(folder, 'words.json');
  await addToBaseline(file, addition);
  const { accepted } = await readDocument(baselineDocument, file);
  const today = new Date().toISOString().slice(0, 10);
  expect(accepted).toEqual([{ ...s1, property: 'S1', ...words, since: expect.any(String) }]);
  // Midnight can pass between the two.
  expect([today, new Date().toISOString().slice(0, 10)]).toContain(accepted[0]?.since);
});

test('a baseline template can be extended, and accepts no violation before a person has given a reason', async () => {
  const file = join(folder, 'template.json');
  const template = templateWords(new Date('2027-01-01T12:00:00Z'));
  expect(template.until).toBe('2027-01-31');
  await addToBaseline(file, { ...addition, words: template });
  await addToBaseline(file, { ...addition, violations: [l1], words: template });
  expect((await readDocument(unfinishedBaselineDocument, file)).accepted).toHaveLength(2);
  await expect(readDocument(baselineDocument, file)).rejects.toThrow('that of the template');
});

test('a baseline of another system is not read or extended, and the one that is read is named on stderr', async () => {
  const file = join(folder, 'other.json');
  await addToBaseline(file, addition);
  const said: string[] = [];
  const stream = { write: (text: string) => said.push(text) };
  const flags = { json: false, quiet: true, color: false };
  const screen = createScreen({ stdout: stream, stderr: stream, environment: {}, flags });
  const request = { system: 'pair', startedAt: '2027-02-01T00:00:00.000Z', context: { screen } };
  expect(await baselineOf(undefined, request)).toBeUndefined();
  expect(await baselineOf(file, request)).toMatchObject({ file, day: '2027-02-01' });
  expect(said).toEqual([`baseline: ${file}, 1 accepted, 1 of them expired\n`]);
  await expect(baselineOf(file, { ...request, system: 'other' })).rejects.toThrow("expected 'other', found 'pair'");
  await expect(addToBaseline(file, { ...addition, system: 'other' })).rejects.toThrow("expected 'other', found 'pair'");
});
