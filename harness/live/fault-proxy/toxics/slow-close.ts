// slow_close: data passes, the end of it waits `delay` ms.
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

/** Delays only the close. */
export const slowClose = defineToxic({ attributes: ['delay'], run: closeLate });
