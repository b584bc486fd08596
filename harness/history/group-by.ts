// Values by what they have in common.

/** The values by their keys, in order; those without a key are left out. */
export function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K | undefined): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
