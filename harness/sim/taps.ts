// The two simulated taps on the way from the legacy app to the service: what each sees of one call, in the words of the live taps.
import type { ParsedRequest } from '../execution/batch-wire.ts';
import type { EventOf } from '../formats/event.ts';
import { MICROS_PER_MS } from './clock.ts';
import type { TappedAnswer } from './tapped-answer.ts';
import type { World } from './world.ts';

/** How a call ended without a whole answer. */
export type CallEnd = Pick<EventOf<'call-failed'>, 'by' | 'how'> & { readonly answerBytes?: number };

/** Names the calls of a run. */
export class Taps {
  readonly #world: World;
  readonly #calls = { front: 0, back: 0 };

  constructor(world: World) {
    this.#world = world;
  }

  /** Opens a call at a tap; nothing is seen of one that is no batch call. */
  open(tap: 'front' | 'back', parsed: ParsedRequest | undefined): TapCall {
    if (parsed === undefined) return new TapCall(this.#world, { tap, call: '', parsed });
    this.#calls[tap] += 1;
    return new TapCall(this.#world, { tap, call: `${tap}-${this.#calls[tap]}`, parsed });
  }
}

/** One call at one tap. It has one end, whichever comes first. */
export class TapCall {
  isOpen = true;
  readonly #world: World;
  readonly #place: { tap: 'front' | 'back'; call: string; parsed: ParsedRequest | undefined };
  readonly #startedMicros: number;
  #isComplete = false;

  constructor(world: World, place: { tap: 'front' | 'back'; call: string; parsed: ParsedRequest | undefined }) {
    this.#world = world;
    this.#place = place;
    this.#startedMicros = world.nowMicros;
  }

  /** The whole request passes. */
  request(path: string): void {
    const { tap, call, parsed } = this.#place;
    this.#isComplete = true;
    if (parsed === undefined) return;
    const { tenantId, dryRun, uuids, messages } = parsed;
    this.#world.recorder.note({
      kind: 'request',
      call,
      tap,
      method: 'POST',
      path,
      tenantId,
      dryRun,
      uuids: [...uuids],
      messages: [...messages],
    });
  }

  /** A whole answer passes; `since` when the call would have ended earlier, had the caller not been stopped. */
  answer(answer: TappedAnswer, since?: number): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    const { tap, call, parsed } = this.#place;
    if (parsed === undefined) return;
    const elapsedMs = this.#elapsedMs();
    const { status, results } = answer;
    this.#world.recorder.note({ kind: 'answer', call, tap, status, results, elapsedMs }, since);
    if (tap === 'front') for (const heard of this.#world.answerListeners) heard();
  }

  /** The call ends without a whole answer; `since` as above. */
  fail({ by, how, answerBytes = 0 }: CallEnd, since?: number): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    const { tap, call, parsed } = this.#place;
    if (parsed === undefined) return;
    const elapsedMs = this.#elapsedMs();
    const requestComplete = this.#isComplete;
    this.#world.recorder.note(
      { kind: 'call-failed', call, tap, by, how, requestComplete, answerBytes, elapsedMs },
      since,
    );
  }

  #elapsedMs(): number {
    return (this.#world.nowMicros - this.#startedMicros) / MICROS_PER_MS;
  }
}
