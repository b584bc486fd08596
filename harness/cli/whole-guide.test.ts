// Checks that everything that output can contain has an entry in `onesend explain`, and is on the page of docs/ that the entry names.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CELL_STATES } from '../../reports/coverage-cell.ts';
import { DESCRIBED_CODES } from '../../reports/describe-reason.ts';
import { MARKS } from '../../reports/timeline/row.ts';
import { GATES } from '../../scenarios/gates/all-gates.ts';
import { loadMutants } from '../../scenarios/mutants/all-mutants.ts';
import { DEFAULT_READINGS } from '../../src/contract/readings.ts';
import { FAULT_LABELS } from '../faults/catalogue.ts';
import { CHECK_STEP_NAMES } from '../formats/check.ts';
import { EXIT_CODES } from '../formats/decision.ts';
import { PROPERTIES, PROPERTY_IDS } from '../formats/finding.ts';
import { GOALS } from '../formats/goal.ts';
import { REPLAY_OUTCOMES } from '../formats/replay.ts';
import { systemConfigSchema } from '../formats/system-config.ts';
import { VANTAGES } from '../formats/vantages.ts';
import { GUIDE_PAGES, type GuideEntry, type GuideKind } from '../guide/entry.ts';
import { explain } from '../guide/guide.ts';
import { WIRE_MUTANTS } from '../live/sabotage/all-wire-mutants.ts';
import { packageRoot } from '../platform/compiled-module.ts';
import { WORLD_SITES } from '../sim/sites.ts';
import { STORE_SITES } from '../sim/store/store-sites.ts';
import { DOCUMENTS, schemaOf } from './pages/documents-page.ts';
import { fieldNames, type SchemaTree, valuesIn } from './pages/inner-fields.ts';
import { wholeGuide } from './whole-guide.ts';

const GUIDE = await wholeGuide();
const SCHEMAS = DOCUMENTS.map(([document]) => ({ document, schema: schemaOf(document) }));
const DESCRIPTION = z.toJSONSchema(systemConfigSchema, { io: 'input' }) as SchemaTree;
const SITES = [...WORLD_SITES, ...STORE_SITES];

/** Kinds whose page has the id in a heading, or in a table without backticks. */
const IN_TEXT: ReadonlySet<GuideKind> = new Set(['property', 'document', 'gate', 'mutant', 'wire mutant']);

/** What output can contain, and the kind of entry that explains it; a value of a field can be explained by an entry of any kind. */
const PRINTED: readonly (readonly [what: string, kind: GuideKind | 'anything', printed: readonly string[]])[] = [
  ['property', 'property', [...PROPERTY_IDS, ...Object.values(PROPERTIES)]],
  ['fault', 'fault', FAULT_LABELS.map(({ label }) => label)],
  [
    'decision',
    'decision',
    SITES.flatMap(({ name, choices }) => choices.slice(1).map((choice) => `${name}: ${choice}`)),
  ],
  ['goal', 'goal', GOALS],
  ['symbol', 'symbol', ['|', '>', '---- x', ...Object.values(MARKS)]],
  ['exit code', 'exit code', Object.values(EXIT_CODES).map(String)],
  ['verdict', 'exit code', Object.keys(EXIT_CODES)],
  ['code of an error', 'error code', codesOfErrors()],
  ['reason', 'reason', DESCRIBED_CODES],
  ['state', 'word', [...CELL_STATES, ...REPLAY_OUTCOMES, 'V1', 'V2', 'BLIND']],
  ['reading', 'reading', Object.keys(DEFAULT_READINGS)],
  ['vantage', 'vantage', VANTAGES],
  ['gate', 'gate', GATES.map(({ id }) => `gate ${id}`)],
  ['step of check', 'step of check', CHECK_STEP_NAMES],
  ['mutant', 'mutant', (await loadMutants()).map(({ id }) => id)],
  ['wire mutant', 'wire mutant', WIRE_MUTANTS.map(({ id }) => id)],
  ['document', 'document', SCHEMAS.flatMap(({ document: { format } }) => [format, format.split('/')[0] ?? ''])],
  ['field', 'field', [...new Set(SCHEMAS.flatMap(({ schema }) => [...fieldNames(schema)]))]],
  ['field of a description', 'description field', [...fieldNames(DESCRIPTION)]],
  ['word of ARCHITECTURE.md', 'anything', wordsOfArchitecture()],
  ['word for what a run writes', 'term', ['SARIF', 'JUnit', 'last-failed', 'baseline', 'certificate', 'canary']],
  ['value of a field', 'anything', [...new Set(SCHEMAS.flatMap(({ schema }) => [...valuesIn(schema)]))]],
];

describe.each(PRINTED)('each %s that output can contain', (_, kind, printed) => {
  test('everything that output can contain is explained by `onesend explain`', () => {
    expect(printed.length).toBeGreaterThan(1);
    expect(printed.filter((each) => explanations(each, kind).length === 0)).toEqual([]);
  });

  test('everything that output can contain is on the page of docs/ that the explanation names', () => {
    const missing = printed.flatMap((each) =>
      explanations(each, kind)
        .filter((entry) => !isOnPage(textOf(`docs/${GUIDE_PAGES[entry.kind]}.md`), entry))
        .map((entry) => `${each}: ${entry.id} in docs/${GUIDE_PAGES[entry.kind]}.md`),
    );
    expect(missing).toEqual([]);
  });
});

/** The entries of a kind that explain exactly this. A field is searched only among fields, because a word can have the same name. */
function explanations(printed: string, kind: GuideKind | 'anything'): readonly GuideEntry[] {
  const entries = kind === 'field' ? GUIDE.filter((entry) => entry.kind === kind) : GUIDE;
  return explain(printed, entries).filter(
    ({ id, title, ...entry }) =>
      kind === 'anything' || (entry.kind === kind && [id, title, id.split('.').at(-1)].includes(printed)),
  );
}

test('a field of a description is explained under its whole path, and under the end of its path', () => {
  const idsOf = (text: string): string[] => explain(text, GUIDE).map(({ id }) => id);
  const paths = GUIDE.filter(({ kind }) => kind === 'description field').map(({ id }) => id);
  expect(paths.filter((path) => !idsOf(path).includes(path))).toEqual([]);
  expect(new Set(paths).size).toBe(paths.length);
  expect(idsOf('database.tables')).toEqual(['onesend.system.database.tables']);
  expect(idsOf('openBreaker')).toEqual(['onesend.system.openBreaker']);
  expect(idsOf('recover')).toEqual(['recover', 'recover', 'onesend.system.recover']);
  expect(explain('timings.budgetMs', GUIDE)[0]).toMatchObject({
    summary: 'How long the legacy app waits for an answer of the service.',
    facts: [
      ['type', 'integer'],
      ['unless given', '`500`'],
      ['more', 'docs/systems.md'],
    ],
  });
});

test('each field of a document is explained under the name of the document', () => {
  const onTop = SCHEMAS.flatMap(({ document: { format }, schema }) =>
    Object.keys(schema.properties ?? {}).map((name) => `${format.split('/')[0]}.${name}`),
  );
  expect(onTop.filter((path) => explain(path, GUIDE).length !== 1)).toEqual([]);
  expect(explain('onesend.result.lanes', GUIDE)[0]?.summary).toMatch(/in the order in which they ran/);
});

/** The codes of the error classes. */
function codesOfErrors(): string[] {
  const text = readFileSync(join(packageRoot, 'harness/platform/errors.ts'), 'utf8');
  return [...text.matchAll(/readonly code = '(ONESEND_\w+)'/g)].map(([, code = '']) => code);
}

/** The words in the table of ARCHITECTURE.md. */
function wordsOfArchitecture(): string[] {
  const [, words = ''] = textOf('ARCHITECTURE.md').split('## Words');
  return [...words.matchAll(/^\| ([a-z ]+) \|/gm)].map(([, word = '']) => word).filter((word) => word !== 'word');
}

function textOf(page: string): string {
  return readFileSync(join(packageRoot, page), 'utf8');
}

/** Whether a page has the entry. A table has a field by its path without the document, with marks for lists and optional fields. */
function isOnPage(page: string, { id, kind }: GuideEntry): boolean {
  if (kind === 'field' || kind === 'description field') {
    const last = id.split('.').at(-1) ?? '';
    return ['`', '.'].some((before) => ['`', '?`'].some((after) => page.includes(`${before}${last}${after}`)));
  }
  const name = id.replaceAll('|', String.raw`\|`);
  return IN_TEXT.has(kind) ? page.includes(name) : page.includes(`\`${name}\``);
}
