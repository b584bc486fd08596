// The two simulated taps between the legacy app and the service: they note the same events of each call as the live taps.
import type { ParsedRequest } from '../execution/batch-wire.ts';
import type { EventOf } from '../formats/event.ts';
import { MICROS_PER_MS } from './clock.ts';
import type { TappedAnswer } from './tapped-answer.ts';
import type { World } from './world.ts';

/** How a call ended without a whole answer. */
export type CallEnd = Pick<EventOf<'call-failed'>, 'by' | 'how'> & { readonly answerBytes?: number };

/** Opens the calls of a run at both taps, and numbers them. */
export class Taps {
  readonly #world: World;
  readonly #calls = { front: 0, back: 0 };

  constructor(world: World) {
    this.#world = world;
  }

  /** Opens a call at a tap. A call that is not a batch call (`parsed` is undefined) is not noted in the history. */
  open(tap: 'front' | 'back', parsed: ParsedRequest | undefined): TapCall {
    if (parsed === undefined) return new TapCall(this.#world, { tap, call: '', parsed });
    this.#calls[tap] += 1;
    return new TapCall(this.#world, { tap, call: `${tap}-${this.#calls[tap]}`, parsed });
  }
}

/** One call at one tap. Only its first end counts, an answer or a failure. */
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

  /** A whole answer passes; `since` is the moment at which a paused caller would already have timed out. */
  answer(answer: TappedAnswer, since?: number): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    const { tap, call, parsed } = this.#place;
    if (parsed === undefined) return;
    const elapsedMs = this.#elapsedMs();
    const { status, results } = answer;
    this.#world.recorder.note({ kind: 'answer', call, tap, status, results, elapsedMs }, since);
    if (tap === 'front') for (const onAnswer of this.#world.answerListeners) onAnswer();
  }

  /** The call ends without a whole answer; `since` as for `answer`. */
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
