// The scenario's network faults that are in force, and what they hold back until they are healed: delayed messages, which then arrive, and
// connections whose data was lost, which then end.
import type { Stream } from '../faults/fields.ts';
import { EVENTS } from './event-words.ts';
import { HOP_MICROS } from './timings.ts';
import type { World } from './world.ts';

/** The fault index for messages that a decision has lost. It is healed with all other faults at the end of the run. */
export const DROPPED = -1;

/** A message that is being sent. The key and the attempt are the address of its jitter. */
export interface OutgoingMessage {
  readonly key: string;
  readonly attempt: number;
  /** The size in bytes: a function, because most faults do not use it. */
  readonly size: () => number;
}

/** What one fault does to one message. */
export type Effect =
  | { readonly kind: 'delay'; readonly micros: number }
  | { readonly kind: 'lost' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut'; readonly bytes: number };

/** A fault of the link while it is in force. */
export interface LinkFault {
  /** Whether it refuses all connections. */
  readonly isRefusing: boolean;
  /** What it does to a message that is sent now; undefined when the message passes unchanged. */
  treat(stream: Stream, message: OutgoingMessage): Effect | undefined;
}

/** What all faults in force together do to one message. `faults` and `fault` hold the indexes of those that delay or lose it. */
export type Treatment =
  | { readonly kind: 'pass'; readonly delayMicros: number; readonly faults: readonly number[] }
  | { readonly kind: 'lost'; readonly fault: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut'; readonly bytes: number };

/** The faults in force, by their index in the scenario. */
export class FaultsInForce {
  readonly #world: World;
  readonly #applied = new Map<number, LinkFault>();
  readonly #held = new Map<number, Set<() => void>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Whether a fault in force refuses connections. */
  get isRefusing(): boolean {
    for (const fault of this.#applied.values()) if (fault.isRefusing) return true;
    return false;
  }

  apply(index: number, fault: LinkFault): void {
    this.#applied.set(index, fault);
  }

  /** Removes a fault and releases what it held back. */
  heal(index: number): void {
    this.#applied.delete(index);
    const held = this.#held.get(index);
    this.#held.delete(index);
    for (const release of held ?? []) release();
  }

  /** Whether a fault holds data back or has lost it, so that a caller that waits does not prove a deadlock. */
  get isHolding(): boolean {
    for (const held of this.#held.values()) if (held.size > 0) return true;
    return false;
  }

  /** What the faults in force do to a message that is sent now. Delays add up; otherwise the first fault that affects it decides. */
  treat(stream: Stream, message: OutgoingMessage): Treatment {
    let delayMicros = HOP_MICROS;
    const faults: number[] = [];
    for (const [index, fault] of this.#applied) {
      const effect = fault.treat(stream, message);
      if (effect === undefined) continue;
      if (effect.kind === 'lost') return { kind: 'lost', fault: index };
      if (effect.kind !== 'delay') return effect;
      delayMicros += effect.micros;
      faults.push(index);
    }
    return { kind: 'pass', delayMicros, faults };
  }

  /** Calls `release` when the fault is healed. The returned function cancels that. */
  hold(index: number, release: () => void): () => void {
    let held = this.#held.get(index);
    if (held === undefined) {
      held = new Set();
      this.#held.set(index, held);
    }
    const holding = held;
    holding.add(release);
    return () => {
      holding.delete(release);
    };
  }

  /** Calls `arrive` after a delay, or one hop after one of the faults that cause the delay is healed. */
  travel({ delayMicros, faults }: { delayMicros: number; faults: readonly number[] }, arrive: () => void): void {
    const { engine } = this.#world;
    const releases: (() => void)[] = [];
    const arriveAlone = (): void => {
      for (const release of releases) release();
      arrive();
    };
    const event = engine.schedule(delayMicros, arriveAlone, EVENTS.arrival);
    for (const index of faults) {
      releases.push(
        this.hold(index, () => {
          if (event.run === undefined) return;
          engine.cancel(event);
          engine.schedule(HOP_MICROS, arrive, EVENTS.arrival);
        }),
      );
    }
  }
}
