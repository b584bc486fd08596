// A command that handles rows one after the other. After a wait it continues with the row that it waited for.
import type { Wait } from '../locks.ts';
import type { Candidate } from './candidate.ts';
import { TableCommand } from './command.ts';

/** A command over the rows that meet its conditions in its snapshot. */
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

  /** Checks the privileges, and finds the rows. */
  protected abstract find(): readonly Candidate[];

  /** Handles one row. If it has to wait, it returns the wait and is called again for the same row. */
  protected abstract visit(candidate: Candidate): Wait | undefined;
}
