// Parses the values of flags. Each parser throws commander's InvalidArgumentError, which names the flag and the value by itself.
import { existsSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { acceptanceSchema, dayAfter } from '../formats/baseline.ts';
import { suggestion } from '../platform/nearest-name.ts';
import { parseDays } from './duration.ts';

/** A parser of whole numbers from `least` to `most`. */
export function wholeNumber({ least, most }: { least: number; most: number }): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^-?\d+$/.test(text.trim()) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`);
  };
}

/** A parser that accepts one of these names. */
export function nameOf(names: readonly string[]): (text: string) => string {
  return (text) => {
    if (names.includes(text)) return text;
    throw new InvalidArgumentError(suggestion(text, names));
  };
}

/** A parser that accepts one of these names, or the path of an existing file. */
export function nameOrFile(names: readonly string[]): (text: string) => string {
  return (text) => {
    if (names.includes(text) || existsSync(text)) return text;
    throw new InvalidArgumentError(`no such file either; ${suggestion(text, names)}`);
  };
}

/** A day of the calendar such as 2027-01-31, also written as the days or weeks from now until then, such as 10d or 2w. */
export function parseDay(text: string, now: Date): string {
  const days = parseDays(text);
  const day = days === undefined ? text : dayAfter(now, days);
  if (acceptanceSchema.shape.until.safeParse(day).success) return day;
  throw new InvalidArgumentError('expected a day such as 2027-01-31, or days or weeks from today such as 10d or 2w');
}

/** True for 1, true, yes and on; false for 0, false, no and off, in any case; undefined for any other text. */
export function parseSwitch(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (['1', 'true', 'yes', 'on'].includes(word)) return true;
  return ['0', 'false', 'no', 'off'].includes(word) ? false : undefined;
}

/** A parser that accepts `all`, or some of these names separated by commas, which it returns in the order of `names`. */
export function allOrSome<T extends string>(names: readonly T[]): (text: string) => 'all' | T[] {
  return (text) => {
    if (text === 'all') return text;
    const wanted = text.split(',').map((each) => each.trim());
    const unknown = wanted.find((each) => !(names as readonly string[]).includes(each));
    if (unknown !== undefined)
      throw new InvalidArgumentError(`'${unknown}': ${suggestion(unknown, ['all', ...names])}`);
    return names.filter((name) => wanted.includes(name));
  };
}
