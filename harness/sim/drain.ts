// Drains: ways to run all queued microtasks after each event, however many there are. There are three; a probe finds out which of them work
// on this Node, so no list of Node versions is needed.
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';

/** The ways to drain microtasks, fastest first. The first two are synchronous; `bounce` uses only documented behaviour of Node. */
export const DRAIN_NAMES = ['checkpoint', 'tick', 'bounce'] as const;

/** The name of a drain. */
export type DrainName = (typeof DRAIN_NAMES)[number];

/** A way to run all queued microtasks. `drainNow` must be called outside any microtask; `thenCall` calls `turn` when none is left. */
export type Drain =
  | { readonly name: 'checkpoint' | 'tick'; readonly isSynchronous: true; drainNow(): void }
  | { readonly name: 'bounce'; readonly isSynchronous: false; thenCall(turn: () => void): void };

/** A drain that works synchronously. */
export type SynchronousDrain = Extract<Drain, { isSynchronous: true }>;

// Read before any run, because the global is guarded during runs.
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

/** The drain of this name, or the fastest that works on this Node. Throws when the named drain does not work. */
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

/** The length of the chain of promises in the probe: a drain that runs only a smaller, fixed number of rounds fails. */
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

/** The probe: whether a drain runs a long chain of promises to its end. Must be called outside any microtask. */
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

/** Between two ticks Node runs all microtasks, including those that are queued meanwhile, so none is left at the next tick. */
const bounce: Drain = {
  name: 'bounce',
  isSynchronous: false,
  thenCall(turn) {
    queueMicrotask(() => process.nextTick(turn));
  },
};

/**
 * V8's own microtask checkpoint. V8 discards the bytecode of a function that was not called for some time, and compiles it again from its
 * source at the next call. By then native syntax is off, so that call throws a SyntaxError before anything has run; the function is then
 * created again.
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
    // Native syntax is no JavaScript, so it can only be compiled from a string.
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

/** Node's function that runs ticks, microtasks and the reporting of unhandled rejections synchronously; undefined where Node lacks it. */
export function tickCallback(): (() => void) | undefined {
  const { _tickCallback: tick } = process as unknown as { _tickCallback?: () => void };
  return typeof tick === 'function' ? () => tick.call(process) : undefined;
}
