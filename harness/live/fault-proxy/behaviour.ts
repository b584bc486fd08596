// What a toxic does to one direction of one connection, as a generator of steps. A stage performs the steps, so that the generator needs no
// sockets, timers or neighbours.
import { strict as assert } from 'node:assert';
import type { Chunk } from './chunk.ts';

/** One step that the stage performs for a toxic. A `final` wait cannot be interrupted: the connection will certainly be closed. */
export type BehaviourStep =
  | { readonly kind: 'take'; readonly withinMs: number }
  | { readonly kind: 'wait'; readonly forMs: number; readonly final: boolean }
  | { readonly kind: 'send'; readonly chunk: Chunk };

/** How a behaviour ends: `end` closes the rest of the chain, `interrupted` lets the stage start another behaviour. */
export type BehaviourEnding = 'end' | 'interrupted';

/** The result of a step. */
export type Signal = Chunk | BehaviourEnding | 'elapsed' | 'sent';

/** The steps of a toxic on one connection. */
export type Behaviour = Generator<BehaviourStep, BehaviourEnding, Signal>;

/** A part of a behaviour, which returns an answer to it. */
export type Part<Answer> = Generator<BehaviourStep, Answer, Signal>;

const TAKE: BehaviourStep = { kind: 'take', withinMs: Infinity };

/** Waits for the next chunk, the end of input, or an interruption. */
export function* take(): Part<Chunk | BehaviourEnding> {
  const signal = yield TAKE;
  assert(signal !== 'elapsed' && signal !== 'sent');
  return signal;
}

/** Waits as `take` does, but for at most `withinMs`. */
export function* takeWithin(withinMs: number): Part<Chunk | BehaviourEnding | 'elapsed'> {
  const signal = yield { kind: 'take', withinMs };
  assert(signal !== 'sent');
  return signal;
}

/** Waits, unless interrupted. A time of zero or less is over immediately. */
export function* wait(forMs: number): Part<'elapsed' | 'interrupted'> {
  const signal = yield { kind: 'wait', forMs, final: false };
  assert(signal === 'elapsed' || signal === 'interrupted');
  return signal;
}

/** Waits without being interrupted. */
export function* waitRegardless(forMs: number): Part<void> {
  yield { kind: 'wait', forMs, final: true };
}

/** Passes a chunk on once there is room for it. */
export function* send(chunk: Chunk): Part<void> {
  yield { kind: 'send', chunk };
}
