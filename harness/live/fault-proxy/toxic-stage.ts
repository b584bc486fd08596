// A stage runs one toxic on one direction of one connection: it performs the toxic's steps, keeps the chunks that wait in front of it, and
// can be interrupted, so that the chain around it can change.
import type { Behaviour, Signal, BehaviourStep } from './behaviour.ts';
import type { Chunk, Receiver, Sender } from './chunk.ts';
import { Alarm } from './timer.ts';
import type { Toxic } from './toxic.ts';
import type { StageMemory } from './toxic-kind.ts';
import { passOn } from './toxics/noop.ts';

/** One part of a chain, between a sender and a receiver. */
export class ToxicStage implements Receiver, Sender {
  readonly toxic: Toxic;
  previous: Sender;
  next: Receiver;
  readonly #memory: StageMemory = { passedBytes: 0 };
  readonly #inbox: Chunk[] = [];
  #inputEnded = false;
  #closed = false;
  #behaviour: Behaviour | undefined;
  #step: BehaviourStep | undefined;
  #alarm: Alarm | undefined;
  #elapsed = false;
  #driving = false;

  constructor(toxic: Toxic, neighbours: { previous: Sender; next: Receiver }) {
    this.toxic = toxic;
    this.previous = neighbours.previous;
    this.next = neighbours.next;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Draws against the toxicity: starts the toxic, or passes everything on. */
  start(): void {
    const { kind, toxicity, attributes } = this.toxic;
    this.#behaviour = Math.random() < toxicity ? kind.start(attributes, this.#memory) : passOn();
    this.#follow(this.#behaviour.next());
    this.drive();
  }

  /**
   * Stops the toxic and passes its current chunk to the next part, even if there is no room. Returns false, and changes nothing, if the
   * connection is closed or will certainly be closed.
   */
  interrupt(): boolean {
    if (this.#closed || (this.#step?.kind === 'wait' && this.#step.final)) return false;
    // Otherwise a neighbour that calls `drive` meanwhile would deliver the current chunk twice.
    this.#driving = true;
    while (this.#step !== undefined) {
      if (this.#step.kind === 'send') this.#deliver(this.#step.chunk);
      else this.#resume('interrupted');
    }
    this.#driving = false;
    return !this.#closed;
  }

  /** Passes everything that waits in front of this stage to the next part, before the stage is removed. */
  handOver(): void {
    for (const chunk of this.#inbox.splice(0)) this.next.accept(chunk);
    if (this.#inputEnded) this.next.end();
  }

  /** Ends the rest of the chain. The stage accepts no more chunks, so the sender in front of it stalls. */
  close(): void {
    if (this.#closed) return;
    this.dispose();
    this.#closed = true;
    this.next.end();
  }

  /** Discards its chunks and timers without informing the neighbours. */
  dispose(): void {
    this.#alarm?.cancel();
    this.#inbox.length = 0;
    this.#behaviour = undefined;
    this.#step = undefined;
  }

  hasRoom(): boolean {
    return !this.#closed && this.#inbox.length < this.toxic.kind.queueLength;
  }

  accept(chunk: Chunk): void {
    if (this.#closed) return;
    this.#inbox.push(chunk);
    this.drive();
  }

  end(): void {
    this.#inputEnded = true;
    this.drive();
  }

  drive(): void {
    // Neighbours call this while the loop below runs; its next round sees what they changed.
    if (this.#driving) return;
    this.#driving = true;
    while (this.#advance());
    this.#driving = false;
  }

  #advance(): boolean {
    const step = this.#step;
    if (step === undefined) return false;
    if (step.kind === 'take') return this.#take();
    if (step.kind === 'send') {
      if (!this.next.hasRoom()) return false;
      this.#deliver(step.chunk);
      return true;
    }
    return this.#ringIfDue();
  }

  #take(): boolean {
    const chunk = this.#inbox.shift();
    if (chunk !== undefined) {
      this.previous.drive();
      this.#resume(chunk);
      return true;
    }
    if (!this.#inputEnded) return this.#ringIfDue();
    this.#resume('end');
    return true;
  }

  #ringIfDue(): boolean {
    if (this.#elapsed) this.#resume('elapsed');
    else return false;
    return true;
  }

  #deliver(chunk: Chunk): void {
    this.next.accept(chunk);
    this.#resume('sent');
  }

  #resume(signal: Signal): void {
    this.#alarm?.cancel();
    this.#alarm = undefined;
    this.#elapsed = false;
    if (this.#behaviour !== undefined) this.#follow(this.#behaviour.next(signal));
  }

  #follow(result: IteratorResult<BehaviourStep, 'end' | 'interrupted'>): void {
    if (result.done === true) {
      this.#step = undefined;
      this.#behaviour = undefined;
      if (result.value === 'end') this.close();
      return;
    }
    this.#step = result.value;
    if (result.value.kind === 'send') return;
    const delayMs = result.value.kind === 'take' ? result.value.withinMs : result.value.forMs;
    if (delayMs <= 0) this.#elapsed = true;
    else if (delayMs !== Infinity) this.#alarm = new Alarm(delayMs, () => this.#ring());
  }

  #ring(): void {
    this.#elapsed = true;
    this.drive();
  }
}
