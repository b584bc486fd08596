// The toxics of one proxy, a chain for each direction, kept in step with the pipelines of its live links.
import { ApiError } from './api-error.ts';
import type { Link } from './link.ts';
import type { Pipeline } from './pipeline.ts';
import type { Direction, Toxic } from './toxic.ts';

/** What an update of a toxic may change; an absent attribute keeps its value. */
export interface ToxicChange {
  readonly toxicity: number | undefined;
  readonly attributes: ReadonlyMap<string, bigint>;
}

/** Adds, changes and removes toxics, on links that are open as well as on those to come. */
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

  /** The toxic of that name; refuses with 404. */
  get(name: string): Toxic {
    const toxic = this.find(name);
    if (toxic === undefined) throw new ApiError(404, 'toxic not found');
    return toxic;
  }

  /** The toxic of that name in either direction, if there is one. */
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

  /** Takes a toxic away from the proxy and from every link. */
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
