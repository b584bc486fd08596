// The types of fields in words, from their JSON Schema.
import type { SchemaTree } from './inner-fields.ts';

/** The part of a JSON Schema that the pages read. */
export interface SchemaNode extends SchemaTree {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly $ref?: string;
  readonly description?: string;
  readonly default?: unknown;
}

const WORDS_MAX = 6;

/** The type of a field, as a table of a page has it: its values, or words such as `list of string`. */
export function typeOf(node: SchemaNode): string {
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  if (node.enum !== undefined) return wordsOf(node.enum.map(String));
  const choices = node.anyOf ?? node.oneOf;
  if (choices !== undefined) return choiceOf(choices);
  if (node.type === 'array') return `list of ${node.items === undefined ? 'anything' : typeOf(node.items)}`;
  if (node.type === 'object') return typeof node.additionalProperties === 'object' ? 'map' : 'object';
  return [node.type ?? 'anything'].flat().join(' or ');
}

/** The type of a union; a union of objects is shown by their kinds. */
function choiceOf(choices: readonly SchemaNode[]): string {
  const kinds = choices.map(({ properties }) => properties?.['kind']?.const).filter((kind) => kind !== undefined);
  return kinds.length === choices.length
    ? `object of a kind: ${wordsOf(kinds.map(String))}`
    : [...new Set(choices.map(typeOf))].join(' or ');
}

function wordsOf(words: readonly string[]): string {
  const shown = words.slice(0, WORDS_MAX).map((word) => `\`${word}\``);
  return words.length > WORDS_MAX ? `${shown.join(', ')} and ${words.length - WORDS_MAX} more` : shown.join(', ');
}
