// The lines that name the files that a command wrote.
import { dirname, extname } from 'node:path';
import { groupBy } from '../harness/history/group-by.ts';
import { palette, type RenderOptions } from './colors.ts';
import { printable } from './wrap-text.ts';

/** How many files of one kind in one folder are named. */
const NAMED_MAX = 3;

/**
 * Names the files, with whole paths so that they can be opened. Of many files of one kind in one folder, such as counterexamples, it names
 * the first and counts the others.
 */
export function renderFiles(files: readonly string[], { color }: RenderOptions): string {
  const paint = palette(color);
  const kinds = groupBy(files, (file) => `${dirname(file)} ${extname(file)}`);
  return [...kinds.values()]
    .flatMap(namesOf)
    .map((name, index) => `${index === 0 ? paint.quiet('written:') : '        '} ${printable(name)}`)
    .join('\n');
}

function namesOf(files: readonly string[]): string[] {
  const others = files.slice(NAMED_MAX);
  const [other] = others;
  return [
    ...files.slice(0, NAMED_MAX),
    ...(other === undefined ? [] : [`and ${others.length} more in ${dirname(other)}`]),
  ];
}
