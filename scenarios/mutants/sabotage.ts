// How every mutant is made: the reference with one part, one procedure or its grants replaced.
import assert from 'node:assert/strict';
import type { Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { type AssemblyOptions, assemble, referenceParts } from '../../src/reference.ts';

/** The reference with these parts instead of its own. */
export function sabotage(parts: Partial<Parts>, options: AssemblyOptions): System {
  return assemble({ ...referenceParts, ...parts }, options);
}

/** The SQL with every occurrence of `from` replaced. An AssertionError if there is none, because the mutant would be the reference. */
export function rewriteSql(sql: string, from: string, to: string): string {
  assert(sql.includes(from), `expected the SQL to contain: ${from}`);
  return sql.replaceAll(from, to);
}
