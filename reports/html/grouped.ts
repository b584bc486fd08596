// Numbers with their digits in groups of three, so that a person can compare them.

/** A number with its digits in groups of three: `1,234,567`. */
export function grouped(number: number): string {
  return number.toLocaleString('en-US');
}
