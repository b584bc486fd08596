// Compares real output with the output that the pages show below a command.
import { documentedCommands } from './documented-commands.fixture.ts';

/**
 * How output is compared. `exact`: character by character. `live`: without times, ids and other parts that differ between runs of real
 * processes. `found`: as `live`, but of each drawing only the sends, because a search can find another case of the same violation.
 */
export type Likeness = 'exact' | 'live' | 'found';

/** The parts of the output that differ between two equal runs of real processes, with their replacements. All else must be equal. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\bSM[ls]?[0-9a-f]{8,}\b/g, 'SM'],
  [/\b([SL]\d+)-[0-9a-f]{4,}\b/g, '$1-ID'],
  [/\b[0-9a-f]{64}\b/g, 'HASH'],
  [/\b\d[\d,.]* (ms|s|min)\b/g, '# $1'],
  [/\bseed \d+\b/g, 'seed #'],
  // Seconds in the last column of a table.
  [/ \d+\.\d+$/g, ' #'],
  // Milliseconds at the left of a drawing, also of two drawings beside each other.
  [/(^| )(>?) *\d+ {3}(?=[|ox!~])/g, '$1$2# '],
  [/ {2,}/g, ' '],
];

/** The differences between the output and the pages, each with the line of the page. `...` on a page matches any lines. */
export function differences(command: string, output: string, likeness: Likeness): string[] {
  const blocks = documentedCommands().filter((each) => each.command === command && each.shown.length > 0);
  if (blocks.length === 0) return [`no page shows the output of ${command}`];
  return blocks.flatMap(({ at, shown }) => {
    const difference = differenceOf(shown, output.trimEnd().split('\n'), likeness);
    return difference === undefined ? [] : [`${at}: ${difference}`];
  });
}

/** The first shown line that is missing in the output, or the first printed line that is not shown; undefined if both are equal. */
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

/** A row of a drawing: milliseconds, then the lifelines with their events. */
const ROW = /^>? +\d+ {3}(?=[|ox!~])/;

/** Replaces each drawing by one line with the outcomes of its sends, and removes from other lines which system sent. */
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

/** `...` within a line, with the spaces around it, matches any text. */
function patternOf(line: string): RegExp {
  const parts = line.split(/ ?\.\.\. ?/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`);
}
