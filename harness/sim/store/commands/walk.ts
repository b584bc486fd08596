// A command that takes rows one after the other: the place at which it waits for one is where it goes on.
import type { Wait } from '../locks.ts';
import type { Candidate } from './candidate.ts';
import { TableCommand } from './command.ts';

/** A command over the rows that its snapshot finds. */
export abstract class TableWalk<R> extends TableCommand<R> {
  #found: readonly Candidate[] | undefined;
  #next = 0;

  protected advance(): Wait | undefined {
    const found = (this.#found ??= this.find());
    for (let candidate = found[this.#next]; candidate !== undefined; candidate = found[this.#next]) {
      const wait = this.visit(candidate);
      if (wait !== undefined) return wait;
      this.#next += 1;
    }
    return undefined;
  }

  /** The rows it is about, once it may look for them. */
  protected abstract find(): readonly Candidate[];

  /** Does what it does to one row; or answers what it waits for, and is asked again. */
  protected abstract visit(candidate: Candidate): Wait | undefined;
}
