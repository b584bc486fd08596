// The commands that README, docs/ and the examples show, each with its place and with the output that is shown below it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../platform/compiled-module.ts';

/** A command as a page shows it. */
export interface DocumentedCommand {
  /** The file and line, for example `README.md:12`. */
  readonly at: string;
  /** The command without `npx`, its comment and line breaks, for example `onesend explain S9`. */
  readonly command: string;
  /** The output that is shown below it, line by line; empty if none is shown. */
  readonly shown: readonly string[];
}

/** Consecutive lines of code or of text, with the number of the first line. */
interface Block {
  readonly lines: readonly string[];
  readonly line: number;
}

/** How a command begins in a block without the prompt `$`. */
const PROGRAMS = /^(?:npx |onesend |npm |cd |tail |apt-get |eval |\.\/|\.ci\/)/;
const COMMANDS =
  '(?:baseline|bisect|certify|check|corpus|demo|doctor|explain|gate|init|mutants|proxy|replay|report|sabotage)';
/**
 * Code within a sentence that is a command: one that names its program, one with flags that leaves out the name `onesend`, or a script of
 * `.ci`. A path with an extension, such as `.ci/long.log`, is no command.
 */
const SPAN = new RegExp(
  String.raw`^(?:(?:npx )?onesend \S|npm \S|npx vitest |\.ci/(?!\S*\.\w+$)|${COMMANDS} (?:\S+ )*--)`,
);

/** The pages for users. */
export function documentedPages(): string[] {
  const examples = readdirSync(join(packageRoot, 'examples')).map((name) => `examples/${name}/README.md`);
  const docs = readdirSync(join(packageRoot, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', ...docs.map((name) => `docs/${name}`), ...examples];
}

/** The pages for contributors. Tests do not run their commands: these take hours, measure times, or write files of the project. */
export const CONTRIBUTORS_PAGES = ['CONTRIBUTING.md', 'BENCHMARKS.md', 'ARCHITECTURE.md'];

/** Every command of these pages: by default of the pages for users. */
export function documentedCommands(pages: readonly string[] = documentedPages()): DocumentedCommand[] {
  return pages.flatMap((page) => commandsOf(page, readFileSync(join(packageRoot, page), 'utf8')));
}

/** The commands of one page, in their order. */
export function commandsOf(page: string, text: string): DocumentedCommand[] {
  const { blocks, prose } = partsOf(text.split('\n'));
  const inBlocks = blocks.flatMap((block) => commandsOfBlock(page, block));
  const inProse = prose.flatMap((paragraph) => commandsOfParagraph(page, paragraph));
  return [...inBlocks, ...inProse];
}

/** The commands in code spans of a paragraph. A span can continue on the next line. */
function commandsOfParagraph(page: string, { lines, line: first }: Block): DocumentedCommand[] {
  const text = lines.join('\n');
  return [...text.matchAll(/`([^`]+)`/g)].flatMap(({ 1: code = '', index }) => {
    const span = code.replaceAll(String.raw`\|`, '|').replaceAll('\n', ' ');
    const line = first + text.slice(0, index).split('\n').length - 1;
    return SPAN.test(span) ? commandsIn(span, `${page}:${line}`) : [];
  });
}

/** Separates blocks of code, fenced or indented by four columns, from the paragraphs between them. */
function partsOf(lines: readonly string[]): { blocks: Block[]; prose: Block[] } {
  const blocks: Block[] = [];
  const prose: Block[] = [];
  /** The block or the paragraph of the previous line. */
  let open: { lines: string[]; line: number; isCode: boolean } | undefined;
  let isFenced = false;
  for (const [index, line] of lines.entries()) {
    const isCode = isFenced || line.startsWith('    ') || (line === '' && open?.isCode === true);
    if (line.startsWith('```')) {
      isFenced = !isFenced;
      open = undefined;
    } else if (line === '' && !isCode) open = undefined;
    else {
      if (open?.isCode !== isCode) {
        open = { lines: [], line: index + 1, isCode };
        (isCode ? blocks : prose).push(open);
      }
      open?.lines.push(isCode && !isFenced ? line.slice(4) : line);
    }
  }
  return { blocks, prose };
}

function commandsOfBlock(page: string, { lines, line: first }: Block): DocumentedCommand[] {
  const isMarked = lines.some((line) => line.startsWith('$ '));
  const found: DocumentedCommand[] = [];
  let shown: string[] | undefined;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const starts = isMarked ? line.startsWith('$ ') : PROGRAMS.test(line);
    if (!starts) {
      if (isMarked) shown?.push(line);
      continue;
    }
    const at = `${page}:${first + index}`;
    let text = line.replace(/^\$ /, '');
    while (text.endsWith('\\')) text = `${text.slice(0, -1).trimEnd()} ${(lines[(index += 1)] ?? '').trim()}`;
    shown = [];
    found.push(
      ...commandsIn(text, at).map((each, place, all) => withShown(each, place === all.length - 1 ? shown : [])),
    );
  }
  return found.map((each) => ({ ...each, shown: withoutLastBlanks(each.shown) }));
}

function withShown(command: DocumentedCommand, shown: string[] | undefined): DocumentedCommand {
  return { ...command, shown: shown ?? [] };
}

/** The commands of one shell line, without `cd` and without commands that have placeholders in brackets. */
function commandsIn(line: string, at: string): DocumentedCommand[] {
  return line
    .replace(/\s+#\s.*$/, '')
    .split(' && ')
    .map((command) => nameOf(command.trim()))
    .filter((command) => !command.startsWith('cd ') && !/[[<]/.test(command))
    .map((command) => ({ at, command, shown: [] }));
}

function nameOf(command: string): string {
  const name = command.replace(/^npx (?=onesend)/, '');
  return new RegExp(`^${COMMANDS} `).test(name) ? `onesend ${name}` : name;
}

function withoutLastBlanks(lines: readonly string[]): readonly string[] {
  const end = lines.findLastIndex((line) => line.trim() !== '') + 1;
  return lines.slice(0, end);
}
