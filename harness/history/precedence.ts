// Counts what happened before an event in the sense of `order`, without comparing the event with every other one.
import type { HistoryEvent } from '../formats/event.ts';
import { countBelow, countUpTo } from './bisect.ts';
import { groupBy } from './group-by.ts';
import { mayPrecede, order } from './ordering.ts';

/** The smallest `seq`, `earliest` and `latest` of the events of each thing; each list is sorted. */
interface Firsts {
  readonly seqs: number[];
  readonly earliest: number[];
  readonly latest: number[];
}

/** Things that one or several events each show. A thing exists from its first event on. */
export class Precedence<E extends HistoryEvent> {
  readonly #byObserver = new Map<string, Firsts>();
  /** Things that several observers saw, whose numbers cannot be sorted together. They are rare. */
  readonly #shared: (readonly HistoryEvent[])[] = [];

  /** `thingOf` returns a key of the thing that an event shows. */
  constructor(events: readonly E[], thingOf: (event: E) => unknown) {
    for (const thing of groupBy(events, thingOf).values()) {
      const observer = thing[0]?.observer ?? '';
      if (thing.every((event) => event.observer === observer)) this.#add(observer, thing);
      else this.#shared.push(thing);
    }
    for (const numbers of this.#byObserver.values()) {
      numbers.seqs.sort(ascending);
      numbers.earliest.sort(ascending);
      numbers.latest.sort(ascending);
    }
  }

  #add(observer: string, thing: readonly HistoryEvent[]): void {
    let firsts = this.#byObserver.get(observer);
    if (firsts === undefined) {
      firsts = { seqs: [], earliest: [], latest: [] };
      this.#byObserver.set(observer, firsts);
    }
    firsts.seqs.push(Math.min(...thing.map(({ seq }) => seq)));
    firsts.earliest.push(Math.min(...thing.map(({ earliest }) => earliest)));
    firsts.latest.push(Math.min(...thing.map(({ latest }) => latest)));
  }

  /** How many things existed, or may have existed, before the event. */
  possible(event: HistoryEvent): number {
    let count = this.#shared.filter((thing) => thing.some((other) => mayPrecede(other, event))).length;
    for (const [observer, { seqs, earliest }] of this.#byObserver) {
      count += observer === event.observer ? countUpTo(seqs, event.seq) : countUpTo(earliest, event.latest);
    }
    return count;
  }

  /** How many things certainly existed before the event. */
  certain(event: HistoryEvent): number {
    let count = this.#shared.filter((thing) => thing.some((other) => order(other, event) === 'before')).length;
    for (const [observer, { seqs, latest }] of this.#byObserver) {
      count += observer === event.observer ? countBelow(seqs, event.seq) : countBelow(latest, event.earliest);
    }
    return count;
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}
