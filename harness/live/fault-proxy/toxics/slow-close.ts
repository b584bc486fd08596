// slow_close: data passes immediately; the end of the data is delayed by `delay` ms.
import { type Behaviour, send, take, wait } from '../behaviour.ts';
import { defineToxic } from '../toxic-kind.ts';

function* closeLate({ delay }: { delay: number }): Behaviour {
  for (;;) {
    const next = yield* take();
    if (next === 'interrupted') return next;
    if (next === 'end') return (yield* wait(delay)) === 'interrupted' ? 'interrupted' : 'end';
    yield* send(next);
  }
}

/** Delays the close, and no data. */
export const slowClose = defineToxic({ attributes: ['delay'], run: closeLate });
