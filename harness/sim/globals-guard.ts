// What would make a run depend on the real world is taken away while one is under way: a call throws, and is told to the run.

/** The globals that are poisoned, by the object that holds them. */
const TARGETS: readonly { readonly holder: object; readonly names: readonly string[]; readonly prefix: string }[] = [
  { holder: Date, names: ['now'], prefix: 'Date.' },
  { holder: Math, names: ['random'], prefix: 'Math.' },
  { holder: performance, names: ['now'], prefix: 'performance.' },
  { holder: globalThis.crypto, names: ['randomUUID', 'getRandomValues'], prefix: 'crypto.' },
  { holder: globalThis, names: ['setTimeout', 'setInterval', 'setImmediate', 'fetch'], prefix: '' },
];

/**
 * The poison. It is put in place for many runs at once, since exchanging globals around each run costs the engine all it has learnt
 * about the code that uses them, several times the run itself. In place it does nothing until it is laid.
 */
export interface GlobalsGuard {
  /** Puts the traps in place. */
  install(): void;
  /** From now on a call throws; `onCall` is told the name of whatever is called. */
  arm(onCall: (name: string) => void): void;
  /** From now on calls go through again. */
  disarm(): void;
  /** Puts everything back as it was. */
  uninstall(): void;
}

interface GuardedGlobal {
  readonly holder: Record<string, unknown>;
  readonly name: string;
  readonly trap: (this: unknown, ...values: unknown[]) => unknown;
  /** The property as it was, undefined where it was inherited. */
  original: PropertyDescriptor | undefined;
}

/** Makes a poison. */
export function makeGlobalsGuard(): GlobalsGuard {
  let told: ((name: string) => void) | undefined;
  let isPlaced = false;
  const entries: GuardedGlobal[] = TARGETS.flatMap(({ holder, names, prefix }) =>
    names.map((name) => {
      const record = holder as Record<string, unknown>;
      const through = record[name] as (...values: unknown[]) => unknown;
      return {
        holder: record,
        name,
        trap(this: unknown, ...values: unknown[]): unknown {
          if (told === undefined) return Reflect.apply(through, this, values);
          told(`${prefix}${name}`);
          throw new Error(`${prefix}${name} was called in a simulated run: use the Env instead`);
        },
        original: undefined,
      };
    }),
  );
  return {
    install() {
      if (isPlaced) return;
      isPlaced = true;
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
      told = onCall;
    },
    disarm() {
      told = undefined;
    },
    uninstall() {
      told = undefined;
      if (!isPlaced) return;
      isPlaced = false;
      for (const { holder, name, original } of entries) {
        if (original === undefined) Reflect.deleteProperty(holder, name);
        else Object.defineProperty(holder, name, original);
      }
    },
  };
}
