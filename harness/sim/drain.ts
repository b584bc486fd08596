// Exact quiescence: after each event everything that promises have made ready is run, and nothing is assumed about how much that is.
// Three ways lead there; which of them this Node offers is tried out, not looked up.
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';

/** The ways to drain microtasks. The first two are synchronous; `bounce` uses only documented behaviour of Node. */
export const DRAIN_NAMES = ['checkpoint', 'tick', 'bounce'] as const;

/** The name of a drain. */
export type DrainName = (typeof DRAIN_NAMES)[number];

/** A way to let everything run that is ready. `drainNow` must be called outside any microtask. */
export type Drain =
  | { readonly name: 'checkpoint' | 'tick'; readonly isSynchronous: true; drainNow(): void }
  | { readonly name: 'bounce'; readonly isSynchronous: false; thenCall(turn: () => void): void };

/** A drain that works synchronously. */
export type SynchronousDrain = Extract<Drain, { isSynchronous: true }>;

// Taken before any run, in which globals are guarded.
const laterInLoop = setImmediate;

/** Calls `work` from the event loop itself, where no microtask is running and a synchronous drain takes effect. */
export function outsideMicrotasks<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    laterInLoop(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** The drain of this name, or the best one that works here. A drain asked for by name must work. */
export function openDrain(name?: DrainName): Promise<Drain> {
  return outsideMicrotasks(() => {
    const candidates = name === undefined ? DRAIN_NAMES : [name];
    for (const candidate of candidates) {
      const drain = makeDrain(candidate);
      if (drain !== undefined) return drain;
    }
    throw new Error(`expected a Node whose microtasks the '${name}' drain can run, found one where it has no effect`);
  });
}

/** How long a chain of promises the probe waits for. Any fixed number of rounds below it would be found out. */
const PROBE_LENGTH = 64;

function makeDrain(name: DrainName): Drain | undefined {
  if (name === 'bounce') return bounce;
  try {
    const drainNow = name === 'checkpoint' ? checkpointDrain() : tickDrain();
    const drain: SynchronousDrain = { name, isSynchronous: true, drainNow };
    return drainsExactly(drain) ? drain : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a drain runs a long chain of promises to its end. Must be called outside any microtask. */
export function drainsExactly(drain: SynchronousDrain): boolean {
  let reached = 0;
  const chain = async (): Promise<void> => {
    while (reached < PROBE_LENGTH) {
      await Promise.resolve();
      reached += 1;
    }
  };
  void chain();
  drain.drainNow();
  return reached === PROBE_LENGTH;
}

/** The microtasks are run in between two ticks, all of them, however many they make: so the tick that follows finds none. */
const bounce: Drain = {
  name: 'bounce',
  isSynchronous: false,
  thenCall(turn) {
    queueMicrotask(() => process.nextTick(turn));
  },
};

/**
 * V8's own checkpoint. The engine drops the code of functions that rest for a while and compiles them again from their text, which by
 * then is not allowed any more: then nothing has run yet, and the function is made anew.
 */
function checkpointDrain(): () => void {
  let perform = compileCheckpoint();
  return () => {
    try {
      perform();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      perform = compileCheckpoint();
      perform();
    }
  };
}

function compileCheckpoint(): () => void {
  setFlagsFromString('--allow-natives-syntax');
  try {
    // The syntax is no JavaScript, so it can only come from text.
    // oxlint-disable-next-line typescript/no-implied-eval, no-new-func
    const perform = new Function('%PerformMicrotaskCheckpoint()') as () => void;
    perform();
    return perform;
  } finally {
    setFlagsFromString('--no-allow-natives-syntax');
  }
}

function tickDrain(): () => void {
  const tick = tickCallback();
  assert(tick !== undefined, 'this Node has no tick callback');
  return tick;
}

/** Runs ticks, microtasks and the reporting of unhandled rejections, synchronously; undefined where Node does not offer it. */
export function tickCallback(): (() => void) | undefined {
  const { _tickCallback: tick } = process as unknown as { _tickCallback?: () => void };
  return typeof tick === 'function' ? () => tick.call(process) : undefined;
}
