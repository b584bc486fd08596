// Counts what came before an event, as `order` tells, without comparing it with everything.
import type { HistoryEvent } from '../formats/event.ts';
import { countBelow, countUpTo } from './bisect.ts';
import { groupBy } from './group-by.ts';
import { mayPrecede, order } from './ordering.ts';

/** The least of each number over the events of each thing, sorted: the first event is the one that counts. */
interface Firsts {
  readonly seqs: number[];
  readonly earliest: number[];
  readonly latest: number[];
}

/** Things that events show, each by one event or by several. A thing is there from the first of its events on. */
export class Precedence<E extends HistoryEvent> {
  readonly #byObserver = new Map<string, Firsts>();
  /** Things that several observers saw: their numbers cannot be sorted together. There is hardly ever one. */
  readonly #shared: (readonly HistoryEvent[])[] = [];

  /** `thingOf` names what an event shows. */
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

  /** How many things were there before the event, or may have been. */
  possible(event: HistoryEvent): number {
    let count = this.#shared.filter((thing) => thing.some((other) => mayPrecede(other, event))).length;
    for (const [observer, { seqs, earliest }] of this.#byObserver) {
      count += observer === event.observer ? countUpTo(seqs, event.seq) : countUpTo(earliest, event.latest);
    }
    return count;
  }

  /** How many were there before it for certain. */
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
