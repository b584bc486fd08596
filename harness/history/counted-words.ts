// Counts in sentences of findings and reports.

/** A count with its noun: `1 message`, `2 messages`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** How often something happened: `0 times`, `once`, `twice`, `3 times`. */
export function timesOf(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}
