// Binary search in ascending numbers.

/** How many of the ascending numbers are at most `limit`. */
export function countUpTo(ascending: readonly number[], limit: number): number {
  return firstPlace(ascending, (value) => value > limit);
}

/** How many of the ascending numbers are less than `limit`. */
export function countBelow(ascending: readonly number[], limit: number): number {
  return firstPlace(ascending, (value) => value >= limit);
}

/** The index of the first number that is beyond a limit; the length of the list when none is. */
function firstPlace(ascending: readonly number[], isBeyond: (value: number) => boolean): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBeyond(ascending[middle] ?? Number.POSITIVE_INFINITY)) high = middle;
    else low = middle + 1;
  }
  return low;
}
