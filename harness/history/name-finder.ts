// Finds which of many names a text contains. It is fast for thousands of uuids in thousands of log lines.
import { groupBy } from './group-by.ts';

/** A set of names to look for in texts. */
export class NameFinder {
  readonly #names: readonly string[];
  /** For each length of a name, the names of that length with their indexes; made when first needed. */
  #byLength: ReadonlyMap<number, ReadonlyMap<string, number>> | undefined;

  constructor(names: Iterable<string>) {
    this.#names = [...new Set(names)];
  }

  /** The names that the text contains, in the order in which they were given. It loops over the names or the text, whichever is shorter. */
  namesIn(text: string): string[] {
    if (this.#names.length <= text.length) return this.#names.filter((name) => text.includes(name));
    this.#byLength ??= placesByLength(this.#names);
    const found = new Map<number, string>();
    for (const [length, places] of this.#byLength) {
      for (let start = 0; start + length <= text.length; start += 1) {
        const name = text.slice(start, start + length);
        const place = places.get(name);
        if (place !== undefined) found.set(place, name);
      }
    }
    return [...found].toSorted(([a], [b]) => a - b).map(([, name]) => name);
  }
}

function placesByLength(names: readonly string[]): ReadonlyMap<number, ReadonlyMap<string, number>> {
  const places = names.map((name, place) => [name, place] as const);
  const groups = groupBy(places, ([name]) => name.length);
  return new Map([...groups].map(([length, named]) => [length, new Map(named)]));
}
