// One direction of one connection: an inlet, a stage for each toxic in order of addition, and an outlet. Changes are synchronous, so that
// no byte moves while the chain changes.
import type { Socket } from 'node:net';
import type { Sender } from './chunk.ts';
import { Inlet } from './inlet.ts';
import { Outlet } from './outlet.ts';
import { ToxicStage } from './toxic-stage.ts';
import type { Toxic } from './toxic.ts';

/** Where a pipeline reads and writes, and how its destination is closed. */
export interface PipelineEnds {
  readonly source: Socket;
  readonly destination: Socket;
  readonly close: () => void;
}

/** The chain from one socket to the other. */
export class Pipeline {
  readonly inlet: Inlet;
  readonly outlet: Outlet;
  readonly #stages: ToxicStage[] = [];

  constructor(ends: PipelineEnds) {
    this.outlet = new Outlet(ends.destination, ends.close);
    this.inlet = new Inlet(ends.source, this.outlet);
    this.outlet.previous = this.inlet;
  }

  /** Adds the toxics and begins to pass data. */
  open(toxics: readonly Toxic[]): void {
    for (const toxic of toxics) this.add(toxic);
    this.outlet.open();
    this.inlet.open();
  }

  /** Appends a toxic. The last stage releases its data, which does not pass through the new toxic. */
  add(toxic: Toxic): void {
    const last = this.#stages.at(-1);
    if (last !== undefined && !last.interrupt()) return;
    const previous: Sender = last ?? this.inlet;
    if (previous.closed) return;
    const stage = new ToxicStage(toxic, { previous, next: this.outlet });
    previous.next = stage;
    this.outlet.previous = stage;
    this.#stages.push(stage);
    stage.start();
    last?.start();
  }

  /** Restarts the stage of a toxic whose attributes or toxicity have changed. */
  update(toxic: Toxic): void {
    const stage = this.#stages.find((candidate) => candidate.toxic === toxic);
    if (stage?.interrupt() === true) stage.start();
  }

  /**
   * Removes a toxic. To keep the bytes in order, its stage first releases its current chunk, then the chunks that wait in front of it; then
   * the stage before releases its current chunk.
   */
  remove(toxic: Toxic): void {
    const index = this.#stages.findIndex((candidate) => candidate.toxic === toxic);
    const stage = this.#stages[index];
    if (stage === undefined || !stage.interrupt()) return;
    if (toxic.kind.closesOnRemoval) {
      stage.close();
      return;
    }
    const before = this.#stages[index - 1];
    const previous: Sender = before ?? this.inlet;
    this.#stages.splice(index, 1);
    stage.handOver();
    previous.next = stage.next;
    stage.next.previous = previous;
    if (before === undefined) this.inlet.drive();
    else if (before.interrupt()) before.start();
  }

  /** Discards the data in flight, after both sockets were closed. */
  dispose(): void {
    for (const stage of this.#stages) stage.dispose();
  }
}
