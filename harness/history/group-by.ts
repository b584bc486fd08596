// Groups values by a key, or by several keys each.

/** The values of each key, in their order; a value whose key is undefined is left out. */
export function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K | undefined): ReadonlyMap<K, readonly V[]> {
  if (values.length === 0) return NO_GROUPS;
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

/** The same for values with several keys each. A value is in a group only once, even if it has the key twice in a row. */
export function groupByEach<K, V>(
  values: readonly V[],
  keysOf: (value: V) => readonly K[],
): ReadonlyMap<K, readonly V[]> {
  if (values.length === 0) return NO_GROUPS;
  const groups = new Map<K, V[]>();
  for (const value of values) {
    for (const key of keysOf(value)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [value]);
      else if (group.at(-1) !== value) group.push(value);
    }
  }
  return groups;
}

const NO_GROUPS: ReadonlyMap<never, never> = new Map<never, never>();
