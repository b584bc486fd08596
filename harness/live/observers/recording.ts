// What the observatory saw in one slot since the slot's scenario began. Each event has a number, so that a lost one shows.
import type { Observation } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { ItemFinder } from '../../history/item-finder.ts';

/** An event on its way from the observatory's thread to the rig's. */
export interface RecordedEvent {
  readonly slot: number;
  readonly recording: number;
  /** Counts the events of one recording from 0. */
  readonly sequence: number;
  readonly observation: Observation;
}

/** An item of the scenario, and what its messages are known by. */
export type RecordedItem = Pick<History['items'][number], 'item' | 'recipient' | 'body'>;

/** What a recording is opened with. */
export interface RecordingOptions {
  readonly slot: number;
  readonly recording: number;
  readonly items: readonly RecordedItem[];
  readonly emit: (event: RecordedEvent) => void;
}

/** One recording. Events of an old one are recorded where they are not read any more. */
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

  /** How many events were recorded. */
  get count(): number {
    return this.#count;
  }

  /** Records an event. */
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

  /** The item a message belongs to; null for one that is none of the scenario's. */
  itemOf({ recipient, body }: { readonly recipient: string; readonly body: string }): string | null {
    return this.#items.find(recipient, body)?.item ?? null;
  }
}
