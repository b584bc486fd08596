// The toxics of one proxy: a chain for each direction. Each change is made in the pipelines of the live links too.
import { ApiError } from './api-error.ts';
import type { Link } from './link.ts';
import type { Pipeline } from './pipeline.ts';
import type { Direction, Toxic } from './toxic.ts';

/** The changes of an update of a toxic. An absent attribute and an undefined toxicity keep their values. */
export interface ToxicChange {
  readonly toxicity: number | undefined;
  readonly attributes: ReadonlyMap<string, bigint>;
}

/** Adds, changes and removes toxics, on open links and on future ones. */
export class ToxicChains {
  readonly #chains: Record<Direction, Toxic[]> = { upstream: [], downstream: [] };
  readonly #links: ReadonlySet<Link>;

  constructor(links: ReadonlySet<Link>) {
    this.#links = links;
  }

  /** The toxics of one direction, in order of addition. */
  of(direction: Direction): readonly Toxic[] {
    return this.#chains[direction];
  }

  /** All toxics: upstream, then downstream. */
  all(): readonly Toxic[] {
    return [...this.#chains.upstream, ...this.#chains.downstream];
  }

  /** The toxic of that name. Throws an ApiError with 404 if there is none. */
  get(name: string): Toxic {
    const toxic = this.find(name);
    if (toxic === undefined) throw new ApiError(404, 'toxic not found');
    return toxic;
  }

  /** The toxic of that name in either direction; undefined if there is none. */
  find(name: string): Toxic | undefined {
    return this.all().find((toxic) => toxic.name === name);
  }

  /** Appends a toxic to its chain. */
  add(toxic: Toxic): void {
    this.#chains[toxic.direction].push(toxic);
    this.#onPipelines(toxic, (pipeline) => pipeline.add(toxic));
  }

  /** Changes a toxic and restarts it on every link. */
  update(toxic: Toxic, change: ToxicChange): void {
    toxic.attributes = new Map([...toxic.attributes, ...change.attributes]);
    toxic.toxicity = change.toxicity ?? toxic.toxicity;
    this.#onPipelines(toxic, (pipeline) => pipeline.update(toxic));
  }

  /** Removes a toxic from the proxy and from every link. */
  remove(toxic: Toxic): void {
    const chain = this.#chains[toxic.direction];
    chain.splice(chain.indexOf(toxic), 1);
    this.#onPipelines(toxic, (pipeline) => pipeline.remove(toxic));
  }

  /** Removes all toxics. */
  clear(): void {
    for (const toxic of this.all()) this.remove(toxic);
  }

  #onPipelines(toxic: Toxic, change: (pipeline: Pipeline) => void): void {
    for (const link of this.#links) {
      const pipeline = link.pipeline(toxic.direction);
      if (pipeline !== undefined) change(pipeline);
    }
  }
}
