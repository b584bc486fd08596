// Generates docs/documents.md: each document that Onesend writes or reads, with its fields, from the schemas and the comments in them.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { baselineDocument } from '../../formats/baseline.ts';
import { bisectDocument } from '../../formats/bisect.ts';
import { corpusDocument } from '../../formats/corpus.ts';
import { lastFailedDocument } from '../../formats/last-failed.ts';
import { replaysDocument } from '../../formats/replays.ts';
import { reportDocument } from '../../formats/report.ts';
import { certificateDocument } from '../../formats/certificate.ts';
import { checkReportDocument } from '../../formats/check.ts';
import { counterexampleDocument } from '../../formats/counterexample.ts';
import { demoDocument } from '../../formats/demo.ts';
import { doctorDocument } from '../../formats/doctor.ts';
import type { DocumentKind } from '../../formats/document.ts';
import { dumpDocument } from '../../formats/dump.ts';
import { explainDocument } from '../../formats/explain.ts';
import { gateReportDocument } from '../../formats/gate.ts';
import { historyDocument } from '../../formats/history.ts';
import { initDocument } from '../../formats/init.ts';
import { mutantsDocument } from '../../formats/mutants.ts';
import { proxyDocument } from '../../formats/proxy.ts';
import { replayDocument } from '../../formats/replay.ts';
import { resultDocument } from '../../formats/result.ts';
import { sabotageDocument } from '../../formats/sabotage.ts';
import { runEventDocument } from '../../formats/run-event.ts';
import { scenarioDocument } from '../../formats/scenario.ts';
import { VALUE_ENTRIES } from '../../guide/values.ts';
import { packageRoot } from '../../platform/compiled-module.ts';
import { FIELD_MEANINGS } from './field-meanings.ts';
import { fieldComments, fieldNames, innerMeanings } from './inner-fields.ts';
import { markdownTable } from './markdown.ts';
import { type SchemaNode, typeOf } from './schema-types.ts';

/** The documents, the file of each schema, and where users find the document. */
export const DOCUMENTS: readonly (readonly [document: DocumentKind<unknown>, file: string, where: string])[] = [
  [resultDocument, 'result', '`results.json`, and `certify --json`'],
  [certificateDocument, 'certificate', '`certificate.json`'],
  [runEventDocument, 'run-event', '`events.ndjson`: each line is such a document'],
  [counterexampleDocument, 'counterexample', '`counterexamples/ID.json`'],
  [scenarioDocument, 'scenario', 'scenarios that a user writes, for `replay`'],
  [historyDocument, 'history', 'the history within a counterexample'],
  [gateReportDocument, 'gate', '`gate --json`'],
  [replayDocument, 'replay', '`replay --json`'],
  [mutantsDocument, 'mutants', '`mutants --json`'],
  [sabotageDocument, 'sabotage', '`sabotage --json`'],
  [checkReportDocument, 'check', '`check --json`'],
  [initDocument, 'init', '`init --json`'],
  [doctorDocument, 'doctor', '`doctor --json`'],
  [demoDocument, 'demo', '`demo --json`'],
  [proxyDocument, 'proxy', '`proxy --json`'],
  [baselineDocument, 'baseline', 'the file of `--baseline`'],
  [bisectDocument, 'bisect', '`bisect --json`'],
  [corpusDocument, 'corpus', '`corpus --json`'],
  [lastFailedDocument, 'last-failed', '`.onesend/last-failed.json`'],
  [replaysDocument, 'replays', '`replay FOLDER --json`'],
  [reportDocument, 'report', '`report --json`'],
  [dumpDocument, 'dump', '`replay --dump --json`'],
  [explainDocument, 'explain', '`explain --json`'],
];

/** The depth of fields in the table of a document. Deeper fields are in one table for all documents, each name once. */
const DEPTH_MAX = 2;

/** The text of the page, without the first line that all pages share. */
export async function documentsPage(): Promise<string> {
  const sections = await Promise.all(
    DOCUMENTS.map(async ([document, file, where]) => sectionOf(document, { where, comments: await commentsIn(file) })),
  );
  const intro =
    'Each document has a `format` with a version, and a schema that reads it: a file of another version is one clear error. A field with a question mark is optional.';
  const page = ['# Documents', intro, ...sections].join('\n\n');
  return [page, await innerFieldsOf(page), valuesSection()].join('\n\n');
}

/** The JSON Schema of a document. */
export function schemaOf({ schema }: DocumentKind<unknown>): SchemaNode {
  return z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as SchemaNode;
}

/** The section with the fields that no table of the page has, sorted by name. */
async function innerFieldsOf(page: string): Promise<string> {
  const meanings = await innerMeanings();
  const tabled = new Set([...page.matchAll(/^\| `(?:[^`]*\.)?([\w-]+)\??`/gm)].map(([, name = '']) => name));
  const names = new Set(DOCUMENTS.flatMap(([document]) => [...fieldNames(schemaOf(document))]));
  const rows = [...names]
    .filter((name) => !tabled.has(name))
    .toSorted()
    .map((name) => [`\`${name}\``, meanings.get(name) ?? '']);
  return [
    '## Fields further within',
    'Fields that are deeper in documents, each name once: a name has the same meaning in all documents.',
    markdownTable(['field', 'meaning'], rows),
  ].join('\n\n');
}

function valuesSection(): string {
  const rows = VALUE_ENTRIES.filter(({ kind }) => kind === 'value').map(({ id, summary }) => [`\`${id}\``, summary]);
  const intro =
    'Words that are values of fields. Verdicts, outcomes and reasons are in [verdicts.md](verdicts.md), goals in [goals.md](goals.md), vantages in ' +
    '[readings.md](readings.md), and the steps of `check` in [systems.md](systems.md).';
  return ['## Values', intro, markdownTable(['value', 'meaning'], rows)].join('\n\n');
}

function sectionOf(
  document: DocumentKind<unknown>,
  { where, comments }: { where: string; comments: ReadonlyMap<string, string> },
): string {
  const json = schemaOf(document);
  const tableOf = (node: SchemaNode): string => {
    const rows = rowsOf(node, { path: '', depth: 0 }).map(({ path, name, type }) => [
      `\`${path}\``,
      type,
      comments.get(name) ?? FIELD_MEANINGS[name] ?? '',
    ]);
    return markdownTable(['field', 'type', 'meaning'], rows);
  };
  const kinds = json.oneOf ?? json.anyOf;
  const tables = kinds === undefined ? [tableOf(json)] : tablesOfKinds(kinds, tableOf);
  return [`## ${document.format}`, `${where}.`, ...tables].join('\n\n');
}

/** The tables of a document of several kinds: the fields that all kinds share, then the other fields of each kind. */
function tablesOfKinds(kinds: readonly SchemaNode[], tableOf: (node: SchemaNode) => string): string[] {
  const [first = {}] = kinds;
  const isShared = (name: string): boolean => kinds.every(({ properties = {} }) => Object.hasOwn(properties, name));
  const names = kinds.map(({ properties }) => String(properties?.['kind']?.const));
  const shared = withFields(first, isShared);
  return [
    tableOf({ ...shared, properties: { ...shared.properties, kind: { enum: names } } }),
    ...kinds.flatMap((node, index) => [
      `Of kind \`${names[index]}\`:`,
      tableOf(withFields(node, (name) => !isShared(name))),
    ]),
  ];
}

function withFields({ properties = {}, ...node }: SchemaNode, isWanted: (name: string) => boolean): SchemaNode {
  return { ...node, properties: Object.fromEntries(Object.entries(properties).filter(([name]) => isWanted(name))) };
}

interface FieldRow {
  readonly path: string;
  readonly name: string;
  readonly type: string;
}

function rowsOf(node: SchemaNode, { path, depth }: { path: string; depth: number }): FieldRow[] {
  const { properties = {}, required = [] } = node;
  return Object.entries(properties).flatMap(([name, child]) => {
    const own = `${path}${name}${required.includes(name) ? '' : '?'}`;
    const inner = child.items ?? child;
    const isDocument = inner.properties?.['format'] !== undefined;
    const below =
      depth + 1 < DEPTH_MAX && !isDocument
        ? rowsOf(inner, { path: `${own}${child.items ? '[]' : ''}.`, depth: depth + 1 })
        : [];
    return [{ path: own, name, type: typeOf(child) }, ...below];
  });
}

const IMPORTED = /from '\.\/([\w-]+)\.ts'/g;

/** The comments of a schema's fields: those in its own file, and for other fields those in the files that it imports. */
async function commentsIn(file: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(packageRoot, 'harness/formats', `${file}.ts`), 'utf8');
  const imported = [...text.matchAll(IMPORTED)].map(([, name = '']) => name);
  const others = await Promise.all(
    imported.map((name) => readFile(join(packageRoot, 'harness/formats', `${name}.ts`), 'utf8')),
  );
  const comments = new Map<string, string>();
  for (const each of [...others, text]) {
    for (const [name, comment] of fieldComments(each)) comments.set(name, comment);
  }
  return comments;
}
