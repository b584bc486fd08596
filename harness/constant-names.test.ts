// Checks the names of constants: a fixed number, text or list of them at the top of a module is in UPPER_CASE, and a function never is.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from './platform/compiled-module.ts';

const DECLARATION = /^(?:export )?const (?<name>\w+)(?:: [^=\n]+)? = (?<value>[^\n]*)$/gm;
const UPPER_CASE = /^[A-Z][A-Z0-9_]*$/;

const LITERAL = String.raw`(?:-?[\d_.]+(?: [*/] [\d_.]+)*|'[^'\n]*')`;
const FIXED = new RegExp(
  String.raw`^(?:${LITERAL}|\[${LITERAL}(?:, ${LITERAL})*\])(?: as const)?(?: satisfies [^;]+)?;$`,
);
const FUNCTION = /^(?:async )?(?:\([^)]*\)|\w+)(?:: [^=]+)? =>|^(?:async )?function\b/;

const files = ['src', 'harness', 'scenarios', 'reports']
  .flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => /(?<!\.test|\.fixture)\.ts$/.test(name) && !name.startsWith('reports/out'));

/** The names of a module's constants whose case does not fit their value. */
function misnamedIn(source: string): string[] {
  return [...source.matchAll(DECLARATION)].flatMap(({ groups: { name = '', value = '' } = {} }) => {
    const isUpperCase = UPPER_CASE.test(name);
    return (isUpperCase && FUNCTION.test(value)) || (!isUpperCase && FIXED.test(value)) ? [name] : [];
  });
}

test('constants at the top of a module are in UPPER_CASE, and functions are not', () => {
  const misnamed = files.flatMap((file) =>
    misnamedIn(readFileSync(join(packageRoot, file), 'utf8')).map((name) => `${file}: ${name}`),
  );
  expect(misnamed).toEqual([]);
});

test.each<[string, string[]]>([
  ["export const pollMs = 25;\nconst NAMES = ['a', 'b'] as const;", ['pollMs']],
  ["const names: readonly string[] = ['a', 'b'];\nconst LIMIT_MS = 60 * 1_000;", ['names']],
  ["const host = '127.0.0.1' as const;\nfunction f() {\n  const inside = 1;\n}", ['host']],
  ['const NOWHERE: Reader = () => undefined;\nconst nowhere = (text: string): string => text;', ['NOWHERE']],
  ["const rows = [row('a'), row('b')];\nexport const writers: Gate = {", []],
])('in the module %j these are misnamed: %j', (source, misnamed) => {
  expect(misnamedIn(source)).toEqual(misnamed);
});
