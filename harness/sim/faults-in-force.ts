// The scenario's faults of the network that are applied right now, and what they hold back: messages that are late and are let go
// when their fault is healed, and calls whose data vanished and whose connection ends then.
import type { Fault } from '../formats/fault.ts';
import { HOP_MICROS } from './timings.ts';
import type { World } from './world.ts';

/** A fault of the network. */
export type NetworkFault = Extract<Fault, { kind: 'latency' | 'blackhole' | 'reset' | 'cut' | 'refuse' }>;

/** The way of requests, or that of answers. */
export type Stream = 'upstream' | 'downstream';

/** Stands for the fault of a message that was dropped by a decision, and is healed with all others at the end. */
export const DROPPED = -1;

/** What the faults in force do to one message. */
export type Treatment =
  | { readonly kind: 'pass'; readonly delayMicros: number; readonly faults: readonly number[] }
  | { readonly kind: 'lost'; readonly fault: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut'; readonly bytes: number };

/** The faults in force. */
export class FaultsInForce {
  readonly #world: World;
  readonly #applied = new Map<number, NetworkFault>();
  readonly #held = new Map<number, Set<() => void>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Whether connections are refused. */
  get isRefusing(): boolean {
    for (const fault of this.#applied.values()) if (fault.kind === 'refuse') return true;
    return false;
  }

  /** Puts a fault in force. */
  apply(index: number, fault: NetworkFault): void {
    this.#applied.set(index, fault);
  }

  /** Takes a fault away and lets go what it held. */
  heal(index: number): void {
    this.#applied.delete(index);
    const held = this.#held.get(index);
    this.#held.delete(index);
    for (const release of held ?? []) release();
  }

  /** Whether some call's data has vanished, so that its caller may rightly wait for ever. */
  get isHolding(): boolean {
    for (const held of this.#held.values()) if (held.size > 0) return true;
    return false;
  }

  /** What happens to a message of `size` bytes that sets out now; the key addresses its jitter. */
  treat(stream: Stream, message: { key: string; attempt: number; size: () => number }): Treatment {
    let delayMicros = HOP_MICROS;
    const faults: number[] = [];
    for (const [index, fault] of this.#applied) {
      if (fault.kind === 'refuse' || fault.stream !== stream) continue;
      if (fault.kind === 'reset') return { kind: 'reset' };
      if (fault.kind === 'blackhole') return { kind: 'lost', fault: index };
      if (fault.kind === 'cut') {
        if (message.size() > fault.bytes) return { kind: 'cut', bytes: fault.bytes };
        continue;
      }
      const address = { site: `jitter/${index}/${stream}`, message: message.key, attempt: message.attempt };
      const jitterMs = fault.jitterMs === 0 ? 0 : (this.#world.random.unit(address) * 2 - 1) * fault.jitterMs;
      delayMicros += Math.max(0, Math.round((fault.latencyMs + jitterMs) * 1_000));
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
    const event = engine.schedule(delayMicros, () => {
      for (const release of releases) release();
      arrive();
    });
    for (const index of faults) {
      releases.push(
        this.hold(index, () => {
          if (event.run === undefined) return;
          engine.cancel(event);
          engine.schedule(HOP_MICROS, arrive);
        }),
      );
    }
  }
}
