// Writes a case that a search found as the TypeScript module of a killing case, in the layout of Prettier.
import type { Case } from '../harness/formats/case.ts';
import type { PropertyId } from '../harness/formats/finding.ts';

/** The maximum length of a line. */
const WIDTH = 120;

/** A kill to store: the id of the mutant, the properties that named it, and the case. */
export interface Kill {
  readonly id: string;
  readonly namedBy: readonly PropertyId[];
  readonly killingCase: Case;
}

/** The import path from the folder of the stored cases. */
const WHERE_CASES_ARE_DEFINED = '../../../harness/runner/mutant.ts';

/** The source text of the module. */
export function caseSource({ id, namedBy, killingCase: { scenario, deviations } }: Kill): string {
  const value = { namedBy, scenario: { ...scenario, name: `what kills ${id}` }, deviations };
  return [
    `// A small case that kills ${id}, found by a search and shrunk.`,
    `import type { KillingCase } from '${WHERE_CASES_ARE_DEFINED}';`,
    '',
    `/** The case, and the properties that ${id} violates in it. */`,
    `export const killingCase: KillingCase = ${layOut(value, { indent: '', before: 40, after: 1 })};`,
    '',
  ].join('\n');
}

/** The place of a value: the indentation of its line, and the columns used before and after it. */
interface Place {
  readonly indent: string;
  readonly before: number;
  readonly after: number;
}

function layOut(value: unknown, place: Place): string {
  const line = inLine(value);
  const isShort = place.indent.length + place.before + line.length + place.after <= WIDTH;
  if (isShort && !mustBreak(value)) return line;
  const inner = `${place.indent}  `;
  if (Array.isArray(value)) {
    const lines = value.map((each) => `${inner}${layOut(each, { indent: inner, before: 0, after: 1 })},\n`);
    return `[\n${lines.join('')}${place.indent}]`;
  }
  const lines = Object.entries(value as object).map(([key, each]) => {
    return `${inner}${key}: ${layOut(each, { indent: inner, before: key.length + 2, after: 1 })},\n`;
  });
  return `{\n${lines.join('')}${place.indent}}`;
}

function inLine(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([key, each]) => `${key}: ${inLine(each)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** Prettier puts each object of a list of several on its own line, and breaks everything that contains such a list. */
function mustBreak(value: unknown): boolean {
  if (Array.isArray(value)) return (value.length > 1 && value.every(isRecord)) || value.some(mustBreak);
  return isRecord(value) && Object.values(value).some(mustBreak);
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
