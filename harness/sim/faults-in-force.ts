// The scenario's faults of the network that are applied right now, and what they hold back: messages that are late and are let go
// when their fault is healed, and calls whose data vanished and whose connection ends then.
import type { Stream } from '../faults/fields.ts';
import { EVENTS } from './event-words.ts';
import { HOP_MICROS } from './timings.ts';
import type { World } from './world.ts';

/** Stands for the fault of a message that was dropped by a decision, and is healed with all others at the end. */
export const DROPPED = -1;

/** A message that sets out. The key and the attempt address its jitter. */
export interface OutgoingMessage {
  readonly key: string;
  readonly attempt: number;
  /** In bytes. */
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
  /** Whether no connection is taken. */
  readonly isRefusing: boolean;
  /** What happens to a message that sets out now; undefined when it passes as it is. */
  treat(stream: Stream, message: OutgoingMessage): Effect | undefined;
}

/** What the faults in force do to one message. */
export type Treatment =
  | { readonly kind: 'pass'; readonly delayMicros: number; readonly faults: readonly number[] }
  | { readonly kind: 'lost'; readonly fault: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut'; readonly bytes: number };

/** The faults in force. */
export class FaultsInForce {
  readonly #world: World;
  readonly #applied = new Map<number, LinkFault>();
  readonly #held = new Map<number, Set<() => void>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Whether connections are refused. */
  get isRefusing(): boolean {
    for (const fault of this.#applied.values()) if (fault.isRefusing) return true;
    return false;
  }

  /** Puts a fault in force. */
  apply(index: number, fault: LinkFault): void {
    this.#applied.set(index, fault);
  }

  /** Takes a fault away and lets go what it held. */
  heal(index: number): void {
    this.#applied.delete(index);
    const held = this.#held.get(index);
    this.#held.delete(index);
    for (const release of held ?? []) release();
  }

  /** Whether some call's data has vanished, so that its caller may rightly wait forever. */
  get isHolding(): boolean {
    for (const held of this.#held.values()) if (held.size > 0) return true;
    return false;
  }

  /** What happens to a message that sets out now. */
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

  /** Calls `release` when the fault is healed, unless the returned function was called before. */
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

  /** Lets `arrive` happen after a delay, or as soon as one of the faults that cause the delay is healed. */
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
