// Compares real output with the output that the pages show below a command.
import { documentedCommands } from './documented-commands.fixture.ts';

/**
 * How output is compared. `exact`: as it is. `live`: without what differs from one run of real processes to the next. `found`: of a search
 * with real processes, which may find another case of the same violation, a drawing is compared by its sends alone.
 */
export type Likeness = 'exact' | 'live' | 'found';

/** What differs between two runs of real processes that do the same, and what stands for it. Everything else must be equal. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\bSM[ls]?[0-9a-f]{8,}\b/g, 'SM'],
  [/\b([SL]\d+)-[0-9a-f]{4,}\b/g, '$1-ID'],
  [/\b[0-9a-f]{64}\b/g, 'HASH'],
  [/\b\d[\d,.]* (ms|s|min)\b/g, '# $1'],
  [/\bseed \d+\b/g, 'seed #'],
  // The seconds in the last column of a table.
  [/ \d+\.\d+$/g, ' #'],
  // The milliseconds at the left of a drawing, also of two side by side.
  [/(^| )(>?) *\d+ {3}(?=[|ox!~])/g, '$1$2# '],
  [/ {2,}/g, ' '],
];

/** What the pages show otherwise than it was printed, each with its place. `...` stands for what a page leaves out. */
export function differences(command: string, output: string, likeness: Likeness): string[] {
  const blocks = documentedCommands().filter((each) => each.command === command && each.shown.length > 0);
  if (blocks.length === 0) return [`no page shows the output of ${command}`];
  return blocks.flatMap(({ at, shown }) => {
    const difference = differenceOf(shown, output.trimEnd().split('\n'), likeness);
    return difference === undefined ? [] : [`${at}: ${difference}`];
  });
}

/** The first line of what is shown that is not where it should be; undefined if all do, and nothing else was printed. */
export function differenceOf(
  shown: readonly string[],
  printed: readonly string[],
  likeness: Likeness,
): string | undefined {
  const lines = comparable(printed, likeness);
  let next = 0;
  let mayLeaveOut = false;
  for (const line of comparable(shown, likeness)) {
    if (line.trim() === '...') {
      mayLeaveOut = true;
      continue;
    }
    const pattern = patternOf(line);
    const found = lines.findIndex((each, index) => index >= next && pattern.test(each));
    if (found === -1 || (!mayLeaveOut && found !== next))
      return `shown: ${line}\nprinted there: ${lines[next] ?? 'nothing'}`;
    next = found + 1;
    mayLeaveOut = false;
  }
  return mayLeaveOut || next === lines.length ? undefined : `not shown: ${lines[next] ?? ''}`;
}

function comparable(lines: readonly string[], likeness: Likeness): string[] {
  const texts = lines.map((line) => line.trimEnd());
  if (likeness === 'exact') return texts;
  const whole = likeness === 'found' ? withoutDrawings(texts) : texts;
  return whole.map((line) => MASKS.reduce((all, [pattern, mask]) => all.replace(pattern, mask), line));
}

/** A row of a drawing: milliseconds, then what happened on its lines. */
const ROW = /^>? +\d+ {3}(?=[|ox!~])/;

/** Each drawing as one line, which names the outcomes of its sends; no line says which system sent first. */
function withoutDrawings(lines: readonly string[]): string[] {
  const found: string[] = [];
  for (const [index, line] of lines.entries()) {
    const sends = /\* (.+)$/.exec(line)?.[1];
    if (!ROW.test(line)) found.push(line.replace(/\bby the (?:service|legacy app)\b/g, 'by a system'));
    else {
      if (!ROW.test(lines[index - 1] ?? '')) found.push('drawing:');
      if (sends !== undefined) found[found.length - 1] += ` ${sends};`;
    }
  }
  return found;
}

/** `...` within a line stands for any text, and so do the spaces around it. */
function patternOf(line: string): RegExp {
  const parts = line.split(/ ?\.\.\. ?/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`);
}
