// noop: passes everything on. A stage also runs it when the draw against the toxicity fails.
import { type Behaviour, send, take } from '../behaviour.ts';
import { defineToxic } from '../toxic-kind.ts';

/** Passes every chunk on unchanged. */
export function* passOn(): Behaviour {
  for (;;) {
    const next = yield* take();
    if (typeof next === 'string') return next;
    yield* send(next);
  }
}

/** The toxic without an effect. */
export const noop = defineToxic({ attributes: [], run: passOn });
