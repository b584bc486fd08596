// A statement as steps: it runs through at once, or stops at a wait and goes on where it was when the wait is over.
import type { Wait } from './locks.ts';
import type { StatementError } from './statement-error.ts';

/** A statement that yields each wait it has to sit out. */
export type Steps<R> = Generator<Wait, R, void>;

/** What to do when a statement has come to its end, and when it has to wait. */
export interface StepsEnd<R> {
  done(result: R): void;
  failed(error: unknown): void;
  waits?(): void;
}

/** Runs a statement as far as it goes, now, and the rest whenever a wait is over. */
export function drive<R>(steps: Steps<R>, end: StepsEnd<R>): void {
  advance(steps, end, undefined);
}

function advance<R>(steps: Steps<R>, end: StepsEnd<R>, failure: StatementError | undefined): void {
  let step: IteratorResult<Wait, R>;
  try {
    step = failure === undefined ? steps.next() : steps.throw(failure);
  } catch (error) {
    end.failed(error);
    return;
  }
  if (step.done === true) {
    end.done(step.value);
    return;
  }
  step.value.resume = (error) => advance(steps, end, error);
  end.waits?.();
}
