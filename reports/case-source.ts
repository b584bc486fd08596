// A case as the source of a module that exports it, laid out as Prettier lays it out: what a search found becomes a stored killing case.
import type { Case } from '../harness/formats/case.ts';
import type { PropertyId } from '../harness/formats/finding.ts';

/** Columns of a line. */
const WIDTH = 120;

/** What is stored of a kill: of which mutant, by which properties, and in which case. */
export interface Kill {
  readonly id: string;
  readonly namedBy: readonly PropertyId[];
  readonly killingCase: Case;
}

/** As a module beside the stored cases imports it. */
const WHERE_CASES_ARE_DEFINED = '../../../harness/runner/mutant.ts';

/** The module. */
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

/** Where a value stands: the indentation of its line, and the columns taken before and after it. */
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

/** Prettier gives each of several objects a line of its own, and so everything that holds them. */
function mustBreak(value: unknown): boolean {
  if (Array.isArray(value)) return (value.length > 1 && value.every(isRecord)) || value.some(mustBreak);
  return isRecord(value) && Object.values(value).some(mustBreak);
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
