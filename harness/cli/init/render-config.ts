// Renders a configuration: as a module with comments, in the style of Prettier, or as JSON, which has no comments.
import { type Field, type FieldList, isFieldList, plainObject } from './field.ts';

/** The name of this package on npm. */
const PACKAGE = 'onesend';

const WIDTH = 120;

/** A module that describes a system; the text is the same for TypeScript and JavaScript. */
export function renderModule(system: FieldList): string {
  return `import { defineConfig } from '${PACKAGE}';

// CHECK marks what onesend init could not know. All fields: docs/system-fields.md of the package.
export default defineConfig({
  system: {
${linesOf(system, '    ').join('\n')}
  },
});
`;
}

/** JSON with a `$schema`, from which editors know the fields. */
export function renderJson(system: FieldList): string {
  const $schema = `./node_modules/${PACKAGE}/docs/onesend.system.schema.json`;
  return `${JSON.stringify({ $schema, ...plainObject(system) }, undefined, 2)}\n`;
}

function linesOf({ fields }: FieldList, indent: string): string[] {
  return fields.flatMap(({ key, value, check, note }) => [
    ...(note === undefined ? [] : wrapped(note, indent)),
    ...(check === undefined ? [] : wrapped(`CHECK: ${value === undefined ? `${key}: ` : ''}${check}`, indent)),
    ...(value === undefined ? [] : valueLines(/^[A-Za-z_]\w*$/.test(key) ? key : quoted(key), value, indent)),
  ]);
}

/** A comment in lines. A note above a field names the field only if that has no value, and so no line of its own. */
function wrapped(comment: string, indent: string): string[] {
  const lines: string[] = [];
  for (const word of comment.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= WIDTH) lines.splice(-1, 1, longer);
    else lines.push(`${indent}// ${word}`);
  }
  return lines;
}

function valueLines(key: string, value: NonNullable<Field['value']>, indent: string): string[] {
  if (isFieldList(value) && value.fields.length === 0) return [`${indent}${key}: {},`];
  if (isFieldList(value)) return [`${indent}${key}: {`, ...linesOf(value, `${indent}  `), `${indent}},`];
  if (typeof value === 'string') return [`${indent}${key}: ${quoted(value)},`];
  const line = `${indent}${key}: [${value.map(quoted).join(', ')}],`;
  if (line.length <= WIDTH) return [line];
  return [`${indent}${key}: [`, ...value.map((each) => `${indent}  ${quoted(each)},`), `${indent}],`];
}

/** A string literal, as Prettier writes it: in single quotes, unless the text has more single than double quotes. */
function quoted(text: string): string {
  const count = (quote: string): number => text.split(quote).length;
  const escaped = JSON.stringify(text);
  if (count("'") > count('"')) return escaped;
  return `'${escaped.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
