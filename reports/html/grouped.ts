// Numbers that a person compares, with their digits in groups of three.

/** For example `1,234,567`. */
export function grouped(number: number): string {
  return number.toLocaleString('en-US');
}
