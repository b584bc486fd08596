// Holds comments, messages, test titles and pages to plain English: words that hide who acts, or that mean several things, are not used.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from './platform/compiled-module.ts';

/** Words that are not used, and what to write instead. Names in kebab-case, such as those of mutants, may hold them. */
const AVOIDED: readonly { readonly words: string; readonly instead: string }[] = [
  { words: 'nobody|somebody|anybody', instead: 'name the person, the process or the system' },
  { words: 'whoever|whatever', instead: 'name the thing; write "with any ...", "even if ..." or "regardless of ..."' },
  { words: 'told|untold', instead: 'a program gets, reports, returns, logs or is configured' },
  { words: '(?:come|comes|came) to', instead: 'write "reaches", "ends" or "the outcome of"' },
  { words: 'at rest', instead: 'a run is quiescent, a process is idle' },
  { words: 'what (?:becomes|became) of', instead: 'write "what happens to" or "the outcome of"' },
  { words: 'hangs on', instead: 'write "depends on"' },
  { words: 'heeds?|unheard|hears of', instead: 'write "uses", "unhandled" or "is called with"' },
  { words: 'how-manieth', instead: 'write "number"' },
  { words: 'anew|made again', instead: 'write "again" or "repeated"' },
  { words: '(?:give|gives|gave|given|giving) back', instead: 'a function returns, and a unit is returned' },
  { words: '(?:come|comes|came) out', instead: 'write "the result is", "gave" or "ended"' },
  { words: 'in vain', instead: 'write "failed" or "without effect"' },
  { words: '(?:hold|holds|held)(?: [\\w ]+)? against', instead: 'write "compares ... with"' },
];

/** Files in which a word is a name: the user `nobody` of the operating system. */
const NAMES: Readonly<Record<string, string>> = {
  'harness/live/postgres/server-user.ts': 'nobody',
  'harness/live/postgres/server-user.test.ts': 'nobody',
};

/** A title of a test that lacks its subject: a report strips the `describe` around it. */
const TITLE_WITHOUT_SUBJECT =
  /(?:\btest|\btest\.\w+|\n *\]?\))\(\s*['`"]((?:is|are|has|have|was|does|do|may|can|cannot|holds|says|shows|takes|gives|asks|keeps|lists|finds|writes|needs|refuses|ends) .*)/g;

const TEXT_OF_CODE = /\/\/.*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

const files = ['src', 'harness', 'scenarios', 'reports', 'docs', 'examples']
  .flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .concat(readdirSync(packageRoot))
  .filter((name) => /\.(?:ts|md)$/.test(name) && !/node_modules|vendor|^reports\/out/.test(name))
  .filter((name) => name !== 'harness/plain-words.test.ts');

describe('plain words', () => {
  test('comments, messages, titles and pages use no word that is avoided', () => {
    expect(files.flatMap((file) => avoidedIn(file, readFileSync(join(packageRoot, file), 'utf8')))).toEqual([]);
  });

  test('the title of a test begins with its subject', () => {
    const tests = files.filter((file) => file.endsWith('.test.ts'));
    expect(tests.flatMap((file) => subjectlessIn(readFileSync(join(packageRoot, file), 'utf8')))).toEqual([]);
    expect(subjectlessIn("test('is enough', () => {\ntest.each(ROWS)('a row');\n  ])('has %s', () => {")).toHaveLength(
      2,
    );
  });

  test('an avoided word is found in a comment, a message and a page, and not in a name', () => {
    expect(avoidedIn('a.ts', '\n// Nobody knows.')).toEqual([
      'a.ts:2: Nobody: name the person, the process or the system',
    ]);
    expect(avoidedIn('a.ts', 'throw new Error(`${told} came\n to nothing`);')).toHaveLength(1);
    expect(avoidedIn('a.md', 'It comes to this.')).toHaveLength(1);
    expect(avoidedIn('a.ts', "const told = 'W18-lock-that-excludes-nobody';")).toEqual([]);
    expect(avoidedIn('harness/live/postgres/server-user.ts', "const names = ['nobody'];")).toEqual([]);
    expect(files.length).toBeGreaterThan(1_000);
  });
});

/** The avoided words of a file, each with its line and what to write instead. */
function avoidedIn(file: string, content: string): string[] {
  const text = file.endsWith('.md') ? content : proseOf(content);
  return AVOIDED.flatMap(({ words, instead }) =>
    [...text.matchAll(new RegExp(`(?<![-\\w])(?:${words.replaceAll(' ', '[\\s/*]+')})(?![-\\w])`, 'gi'))]
      .filter(([word]) => word !== NAMES[file])
      .map(({ 0: word, index }) => `${file}:${text.slice(0, index).split('\n').length}: ${word}: ${instead}`),
  );
}

function subjectlessIn(code: string): string[] {
  return [...code.matchAll(TITLE_WITHOUT_SUBJECT)].map(([, title = '']) => title);
}

/** The comments, strings and templates of code, at their places; code between them, and in templates, is blank. */
function proseOf(code: string): string {
  let prose = '';
  let end = 0;
  for (const { 0: token, index } of code.matchAll(TEXT_OF_CODE)) {
    prose += blank(code.slice(end, index)) + (token.startsWith('`') ? token.replace(/\$\{[^{}]*\}/g, blank) : token);
    end = index + token.length;
  }
  return prose;
}

function blank(code: string): string {
  return code.replace(/[^\n]/g, ' ');
}
