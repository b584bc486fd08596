// Counts in texts for people: in sentences of findings, in reports, and in progress. Documents have plain numbers.

/** A count with its digits in groups of three, so that a person can compare it: `1,234,567`. */
export function grouped(count: number): string {
  return count < 1_000 ? String(count) : count.toLocaleString('en-US');
}

/** A count with its noun: `1 message`, `2 messages`, `1,234 messages`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** How often something happened: `0 times`, `once`, `twice`, `3 times`. */
export function timesOf(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${grouped(count)} times`;
}
