// A recording: what the observatory sees in one slot from the start of a scenario. It numbers its events, so that a lost one is noticed.
import type { Observation } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { ItemFinder } from '../../history/item-finder.ts';

/** An event on its way from the observatory's thread to the rig's. */
export interface RecordedEvent {
  readonly slot: number;
  readonly recording: number;
  /** The number of the event in its recording, from 0. */
  readonly sequence: number;
  readonly observation: Observation;
}

/** An item of the scenario, with the recipient and text by which its messages are recognized. */
export type RecordedItem = Pick<History['items'][number], 'item' | 'recipient' | 'body'>;

/** What a recording is started with. */
export interface RecordingOptions {
  readonly slot: number;
  readonly recording: number;
  readonly items: readonly RecordedItem[];
  readonly emit: (event: RecordedEvent) => void;
}

/** One recording. An old one may still get events of old connections, which are no longer read. */
export class Recording {
  readonly #options: RecordingOptions;
  readonly #items: ItemFinder<RecordedItem>;
  #count = 0;
  #calls = { front: 0, back: 0 };
  #attempts = 0;

  constructor(options: RecordingOptions) {
    this.#options = options;
    this.#items = new ItemFinder(options.items);
  }

  /** How many events were recorded so far. */
  get count(): number {
    return this.#count;
  }

  record(observation: Observation): void {
    const { slot, recording, emit } = this.#options;
    emit({ slot, recording, sequence: this.#count, observation });
    this.#count += 1;
  }

  /** A new id for a call at one of the taps. */
  nextCall(tap: 'front' | 'back'): string {
    this.#calls[tap] += 1;
    return `${tap}-${this.#calls[tap]}`;
  }

  /** A new id for an attempt at the provider. */
  nextAttempt(): string {
    this.#attempts += 1;
    return `attempt-${this.#attempts}`;
  }

  /** The name of the item to which a message belongs; null if it belongs to none of the scenario. */
  itemOf({ recipient, body }: { readonly recipient: string; readonly body: string }): string | null {
    return this.#items.find(recipient, body)?.item ?? null;
  }
}
