// During a run, the global functions that would make it depend on the real world are replaced: a call throws and is reported to the run.

/** The globals that are guarded, by the object that holds them. */
const TARGETS: readonly { readonly holder: object; readonly names: readonly string[]; readonly prefix: string }[] = [
  { holder: Date, names: ['now'], prefix: 'Date.' },
  { holder: Math, names: ['random'], prefix: 'Math.' },
  { holder: performance, names: ['now'], prefix: 'performance.' },
  { holder: globalThis.crypto, names: ['randomUUID', 'getRandomValues'], prefix: 'crypto.' },
  { holder: globalThis, names: ['setTimeout', 'setInterval', 'setImmediate', 'fetch'], prefix: '' },
];

/**
 * The guard. It is installed once for many runs: after each exchange of globals V8 discards its optimized code of their callers, which
 * costs several times as much as a run. An installed guard passes calls through until it is armed.
 */
export interface GlobalsGuard {
  /** Replaces the globals. */
  install(): void;
  /** From now on a call of a guarded function throws; `onCall` gets the name of the function. */
  arm(onCall: (name: string) => void): void;
  /** From now on calls pass through again. */
  disarm(): void;
  /** Restores the globals. */
  uninstall(): void;
}

interface GuardedGlobal {
  readonly holder: Record<string, unknown>;
  readonly name: string;
  readonly trap: (this: unknown, ...values: unknown[]) => unknown;
  /** The property before `install`; undefined if the holder inherits it. */
  original: PropertyDescriptor | undefined;
}

/** Makes a guard, which is not installed yet. */
export function makeGlobalsGuard(): GlobalsGuard {
  let report: ((name: string) => void) | undefined;
  let isInstalled = false;
  const entries: GuardedGlobal[] = TARGETS.flatMap(({ holder, names, prefix }) =>
    names.map((name) => {
      const record = holder as Record<string, unknown>;
      const through = record[name] as (...values: unknown[]) => unknown;
      return {
        holder: record,
        name,
        trap(this: unknown, ...values: unknown[]): unknown {
          if (report === undefined) return Reflect.apply(through, this, values);
          report(`${prefix}${name}`);
          throw new Error(`${prefix}${name} was called in a simulated run: use the Env instead`);
        },
        original: undefined,
      };
    }),
  );
  return {
    install() {
      if (isInstalled) return;
      isInstalled = true;
      for (const entry of entries) {
        entry.original = Object.getOwnPropertyDescriptor(entry.holder, entry.name);
        Object.defineProperty(entry.holder, entry.name, {
          configurable: true,
          writable: true,
          enumerable: entry.original?.enumerable ?? false,
          value: entry.trap,
        });
      }
    },
    arm(onCall) {
      report = onCall;
    },
    disarm() {
      report = undefined;
    },
    uninstall() {
      report = undefined;
      if (!isInstalled) return;
      isInstalled = false;
      for (const { holder, name, original } of entries) {
        if (original === undefined) Reflect.deleteProperty(holder, name);
        else Object.defineProperty(holder, name, original);
      }
    },
  };
}
