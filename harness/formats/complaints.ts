// Every error of a value against its schema, one line each: the path, what was expected there and, for an unknown key, the key that was
// probably meant.
import { z } from 'zod';
import { nearestName } from '../platform/nearest-name.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];
type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * One line for each issue that parsing a value with this schema found; a missing key is not reported if a misspelt one was meant for it.
 */
export function complaintsOf(schema: z.ZodType, issues: readonly Issue[]): string[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const flat = issues.flatMap(withoutUnions);
  const misspelt = new Map<string, string>();
  for (const issue of flat) {
    if (issue.code !== 'unrecognized_keys') continue;
    const known = keysAt(root, issue.path);
    for (const key of issue.keys) {
      const nearest = nearestName(key, known);
      if (nearest !== undefined) misspelt.set(shown([...issue.path, nearest]), key);
    }
  }
  return flat.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return misspelt.has(shown(issue.path)) ? [] : [complaint(issue)];
    return issue.keys.map((key) => unknownKey({ path: issue.path, key, known: keysAt(root, issue.path) }));
  });
}

/** How zod's message ends when a value is missing. */
const MISSING = ', received undefined';

function complaint({ path, message, ...issue }: Issue): string {
  const plain = message.replace(/^(?:Invalid input|Invalid option|Too small|Too big): /, '');
  if (issue.code === 'invalid_value' && issue.values.length > LISTED_MAX)
    return `${shown(path)}: ${unknownValue(issue)}`;
  const isMissing = plain.endsWith(MISSING);
  return `${shown(path)}: ${isMissing ? `${plain.slice(0, plain.lastIndexOf(','))}, it is missing` : plain}`;
}

/** With more allowed values than these, the message suggests the nearest one instead of listing them. */
const LISTED_MAX = 5;

function unknownValue({ input, values }: Pick<z.core.$ZodIssueInvalidValue, 'input' | 'values'>): string {
  const nearest = typeof input === 'string' ? nearestName(input, values.map(String)) : undefined;
  if (nearest !== undefined) return `${JSON.stringify(input)} is unknown, did you mean '${nearest}'?`;
  return `expected one of ${values.map(String).join(', ')}`;
}

function unknownKey({ path, key, known }: { path: Path; key: string; known: readonly string[] }): string {
  const nearest = nearestName(key, known);
  const help = nearest === undefined ? `expected one of ${known.join(', ')}` : `did you mean '${nearest}'?`;
  return `${shown([...path, key])}: unknown, ${help}`;
}

/** Replaces the issue of a union by those of the alternative that was probably meant: its type fits, and it has the fewest issues. */
function withoutUnions(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const isMeant = (issues: readonly Issue[]): boolean =>
    !issues.some(({ path, code }) => path.length === 0 && code === 'invalid_type');
  const meant = issue.errors.filter(isMeant).toSorted((a, b) => a.length - b.length)[0];
  if (meant === undefined) {
    const types = issue.errors.flat().flatMap((each) => (each.code === 'invalid_type' ? [each] : []));
    const isMissing = types.some(({ message }) => message.endsWith(MISSING));
    const expected = types.map((each) => each.expected).join(' or ');
    return [{ ...issue, errors: [], message: `expected ${expected}${isMissing ? MISSING : ''}` }];
  }
  return meant.flatMap((each) => withoutUnions({ ...each, path: [...issue.path, ...each.path] }));
}

/** The keys that the schema allows for an object at this path. */
function keysAt(root: JsonSchema, path: Path): string[] {
  const found = path.reduce<readonly JsonSchema[]>(
    (schemas, key) => schemas.flatMap((schema) => stepInto(schema, key)),
    [root],
  );
  return found.flatMap(alternatives).flatMap(({ properties = {} }) => Object.keys(properties));
}

function stepInto(schema: JsonSchema, key: PropertyKey): JsonSchema[] {
  return alternatives(schema).flatMap(({ properties, items, additionalProperties }) =>
    [properties?.[String(key)], typeof key === 'number' ? items : undefined, additionalProperties]
      .filter(isSchema)
      .slice(0, 1),
  );
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  return [schema, ...(schema.anyOf ?? []).filter(isSchema), ...(schema.oneOf ?? []).filter(isSchema)];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(path: Path): string {
  return path.length === 0 ? 'document' : path.map(String).join('.');
}
