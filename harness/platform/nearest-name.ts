// Finds the name that a user probably meant.

/** The most similar of the names; undefined when none is similar enough. */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) }))
    .toSorted((left, right) => left.distance - right.distance);
  const best = ranked[0];
  if (best === undefined) return undefined;
  // A name of one letter is as far from any other letter as a name can be.
  const distanceMax = Math.min(best.name.length - 1, Math.max(1, Math.floor(best.name.length * 0.4)));
  return best.distance <= distanceMax ? best.name : undefined;
}

/** `did you mean X?`, or the list of all names when none is similar. */
export function suggestion(wanted: string, names: readonly string[]): string {
  const nearest = nearestName(wanted, names);
  return nearest === undefined ? `expected ${names.join(', ')}` : `did you mean '${nearest}'?`;
}

/** How many characters must be added, removed or replaced, by Levenshtein's algorithm over two rows. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, leftCharacter] of Array.from(left).entries()) {
    const current = [row + 1];
    for (const [column, rightCharacter] of Array.from(right).entries()) {
      const replaced = (previous[column] ?? 0) + (leftCharacter === rightCharacter ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
