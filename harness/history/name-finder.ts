// Which of many names a text contains. Uuids come by the thousand, and so do the lines of a log.
import { groupBy } from './group-by.ts';

/** Looks for names in texts. */
export class NameFinder {
  readonly #names: readonly string[];
  /** The place of each name among them, by the lengths of the names. */
  #byLength: ReadonlyMap<number, ReadonlyMap<string, number>> | undefined;

  constructor(names: Iterable<string>) {
    this.#names = [...new Set(names)];
  }

  /** The names that the text contains, in the order in which they were given. It goes through the names or the text, whichever is less. */
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
