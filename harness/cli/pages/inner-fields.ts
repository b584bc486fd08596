// Finds the fields of documents at any depth, their values and their meanings.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../platform/compiled-module.ts';
import { FIELD_MEANINGS } from './field-meanings.ts';
import { INNER_FIELD_MEANINGS } from './inner-field-meanings.ts';

/** The parts of a JSON Schema that hold fields and values. */
export interface SchemaTree {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaTree>>;
  readonly items?: SchemaTree;
  readonly anyOf?: readonly SchemaTree[];
  readonly oneOf?: readonly SchemaTree[];
  readonly additionalProperties?: SchemaTree | boolean;
}

/** The names of all fields of a schema, at any depth. */
export function fieldNames(tree: SchemaTree): ReadonlySet<string> {
  return new Set(nodesOf(tree).flatMap(({ properties = {} }) => Object.keys(properties)));
}

/** The texts that are values of enumerated fields of a schema, at any depth. */
export function valuesIn(tree: SchemaTree): ReadonlySet<string> {
  const values = nodesOf(tree).flatMap((node) => [...(node.enum ?? []), node.const]);
  return new Set(values.filter((value) => typeof value === 'string'));
}

/** The meanings of fields by name. A later source overrides an earlier one: comments in schemas, shared meanings, inner meanings. */
export async function innerMeanings(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ...(await commentsBelow('harness/formats')),
    ...(await commentsBelow('harness/faults')),
    ...Object.entries(FIELD_MEANINGS),
    ...Object.entries(INNER_FIELD_MEANINGS),
  ]);
}

const FIELD_COMMENT = /\/\*\* ((?:[^*]|\*(?!\/))+?) \*\/\s+(\w+): /g;

/** The doc comments of fields in the source of a schema. */
export function fieldComments(text: string): [name: string, comment: string][] {
  return [...text.matchAll(FIELD_COMMENT)].map(([, comment = '', name = '']) => [
    name,
    comment.replaceAll(/\s*\n\s*\* ?/g, ' '),
  ]);
}

async function commentsBelow(folder: string): Promise<[name: string, comment: string][]> {
  const files = (await readdir(join(packageRoot, folder))).filter((name) => name.endsWith('.ts')).toSorted();
  const texts = await Promise.all(files.map((name) => readFile(join(packageRoot, folder, name), 'utf8')));
  return texts.flatMap(fieldComments);
}

/** A schema and all schemas in it. */
function nodesOf(tree: SchemaTree): SchemaTree[] {
  const { properties = {}, items, anyOf = [], oneOf = [], additionalProperties } = tree;
  const inner = [...Object.values(properties), ...(items === undefined ? [] : [items]), ...anyOf, ...oneOf];
  if (typeof additionalProperties === 'object') inner.push(additionalProperties);
  return [tree, ...inner.flatMap(nodesOf)];
}
