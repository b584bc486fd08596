// The fields of a description of a pair, from its schema: for docs/system-fields.md, and for `onesend explain`.
import { z } from 'zod';
import { systemConfigSchema } from '../../formats/system-config.ts';
import type { GuideEntry } from '../../guide/entry.ts';
import { groupBy } from '../../history/group-by.ts';
import { markdownTable } from './markdown.ts';
import { type SchemaNode, typeOf } from './schema-types.ts';

/** A field of a description. */
export interface SystemField {
  /** Its path, in which `[]` is an element of a list and `*` an entry of a map: `database.tables.*.columns`. */
  readonly path: string;
  readonly type: string;
  /** Its default, or `needed`; empty if it is optional and has no default. */
  readonly otherwise: string;
  readonly meaning: string;
}

const INTRO =
  'Every field of a description (`onesend.system/2`), from its schema. `[]` is an element of a list, `*` an entry of a map, and a field that several objects share has one row. ' +
  '[systems.md](systems.md) explains with examples how a pair is described. `onesend explain database.tables` prints one of these fields.';

const MORE = ['more', 'docs/systems.md'] as const;

/** The entry of the whole description. */
const WHOLE: GuideEntry = {
  id: 'onesend.system',
  kind: 'description field',
  title: 'onesend.system/2',
  summary: 'The description of a pair of systems: `system` in `onesend.config.*`, or the file of `--system`.',
  facts: [MORE],
};

/** All fields of a description at any depth, in the order of the schema. */
export function systemFields(): readonly SystemField[] {
  const root = z.toJSONSchema(systemConfigSchema, { io: 'input' }) as SchemaNode;
  return [...groupBy(fieldsBelow(root, ''), idOf).values()].flatMap(merged);
}

/** The fields as entries of the guide. */
export function systemFieldEntries(): readonly GuideEntry[] {
  const fields = systemFields().map((field): GuideEntry => ({
    id: idOf(field),
    kind: 'description field',
    title: '',
    summary: field.meaning,
    facts: [
      ['type', field.type],
      ...(field.otherwise === '' ? [] : [['unless given', field.otherwise] as const]),
      MORE,
    ],
  }));
  return [WHOLE, ...fields];
}

/** The text of the page, without the first line that all pages share. */
export function systemFieldsPage(): string {
  const alike = groupBy(systemFields(), ({ path, type, otherwise, meaning }) =>
    [path.split('.').at(-1), type, otherwise, meaning].join('|'),
  );
  const rows = [...alike.values()].map((fields) => [
    fields.map(({ path }) => `\`${path}\``).join(', '),
    ...fields.slice(0, 1).flatMap(({ type, otherwise, meaning }) => [type, otherwise, meaning]),
  ]);
  return ['# Fields of a description', INTRO, markdownTable(['field', 'type', 'unless given', 'meaning'], rows)].join(
    '\n\n',
  );
}

/** The id in the guide: the path without the marks of lists and maps. */
function idOf({ path }: SystemField): string {
  return `onesend.system.${path.replaceAll(/\[\]|\.\*/g, '')}`;
}

function fieldsBelow(node: SchemaNode, path: string): SystemField[] {
  const { properties = {}, required = [], items, anyOf = [], additionalProperties } = node;
  return [
    ...Object.entries(properties).flatMap(([name, child]) => {
      const own = path === '' ? name : `${path}.${name}`;
      return [fieldOf(own, child, required.includes(name)), ...fieldsBelow(child, own)];
    }),
    ...(items === undefined ? [] : fieldsBelow(items, `${path}[]`)),
    ...anyOf.flatMap((choice) => fieldsBelow(choice, path)),
    ...(typeof additionalProperties === 'object' ? fieldsBelow(additionalProperties, `${path}.*`) : []),
  ];
}

function fieldOf(path: string, node: SchemaNode, isNeeded: boolean): SystemField {
  const fallback = node.default === undefined ? '' : `\`${JSON.stringify(node.default)}\``;
  return { path, type: typeOf(node), otherwise: isNeeded ? 'needed' : fallback, meaning: node.description ?? '' };
}

/** A field that several alternatives of a union have, as one; its path is that of the first. */
function merged(fields: readonly SystemField[]): SystemField[] {
  const all = (key: keyof SystemField, separator: string): string =>
    [...new Set(fields.map((field) => field[key]))].filter((text) => text !== '').join(separator);
  return fields.slice(0, 1).map(({ path }) => ({
    path,
    type: all('type', ' or '),
    otherwise: all('otherwise', ' or '),
    meaning: all('meaning', ' '),
  }));
}
