// What a toxic does to one direction of one connection, as a generator of steps. A stage performs the steps; the generator never sees
// sockets, timers or neighbours, and reads like the sequence of events it is.
import { strict as assert } from 'node:assert';
import type { Chunk } from './chunk.ts';

/** One thing a toxic asks of its stage. A `final` wait cannot be interrupted: the connection's fate is sealed. */
export type BehaviourStep =
  | { readonly kind: 'take'; readonly withinMs: number }
  | { readonly kind: 'wait'; readonly forMs: number; readonly final: boolean }
  | { readonly kind: 'send'; readonly chunk: Chunk };

/** How a toxic leaves its stage: `end` closes what follows, `interrupted` leaves the stage to a successor. */
export type BehaviourEnding = 'end' | 'interrupted';

/** What a stage answers to a step. */
export type Signal = Chunk | BehaviourEnding | 'elapsed' | 'sent';

/** A toxic at work. */
export type Behaviour = Generator<BehaviourStep, BehaviourEnding, Signal>;

/** A part of a behaviour that answers with a narrower signal. */
export type Part<Answer> = Generator<BehaviourStep, Answer, Signal>;

const TAKE: BehaviourStep = { kind: 'take', withinMs: Infinity };

/** Waits for the next chunk, the end of input, or an interruption. */
export function* take(): Part<Chunk | BehaviourEnding> {
  const signal = yield TAKE;
  assert(signal !== 'elapsed' && signal !== 'sent');
  return signal;
}

/** As `take`, but gives up after `withinMs`. */
export function* takeWithin(withinMs: number): Part<Chunk | BehaviourEnding | 'elapsed'> {
  const signal = yield { kind: 'take', withinMs };
  assert(signal !== 'sent');
  return signal;
}

/** Lets time pass, unless interrupted. A delay of zero or less passes at once. */
export function* wait(forMs: number): Part<'elapsed' | 'interrupted'> {
  const signal = yield { kind: 'wait', forMs, final: false };
  assert(signal === 'elapsed' || signal === 'interrupted');
  return signal;
}

/** Lets time pass in any case. */
export function* waitRegardless(forMs: number): Part<void> {
  yield { kind: 'wait', forMs, final: true };
}

/** Hands a chunk on, when there is room for it. */
export function* send(chunk: Chunk): Part<void> {
  yield { kind: 'send', chunk };
}
