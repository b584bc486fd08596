// What would make a run depend on the real world is taken away while one is under way: a call throws, and is told to the run.

/** The globals that are poisoned, by the object that holds them. */
const TARGETS: readonly { readonly holder: object; readonly names: readonly string[]; readonly prefix: string }[] = [
  { holder: Date, names: ['now'], prefix: 'Date.' },
  { holder: Math, names: ['random'], prefix: 'Math.' },
  { holder: performance, names: ['now'], prefix: 'performance.' },
  { holder: globalThis.crypto, names: ['randomUUID', 'getRandomValues'], prefix: 'crypto.' },
  { holder: globalThis, names: ['setTimeout', 'setInterval', 'setImmediate', 'fetch'], prefix: '' },
];

/** The poison; made once, laid out and taken away around each run. */
export interface Poison {
  /** Lays it out; `onCall` is told the name of whatever is called. */
  lay(onCall: (name: string) => void): void;
  /** Puts everything back as it was. */
  lift(): void;
}

interface Poisoned {
  readonly holder: Record<string, unknown>;
  readonly name: string;
  readonly trap: () => never;
  /** The property as it was, undefined where it was inherited. */
  original: PropertyDescriptor | undefined;
}

/** Makes a poison. */
export function makePoison(): Poison {
  let told: ((name: string) => void) | undefined;
  let isLaid = false;
  const entries: Poisoned[] = TARGETS.flatMap(({ holder, names, prefix }) =>
    names.map((name) => ({
      holder: holder as Record<string, unknown>,
      name,
      trap: (): never => {
        told?.(`${prefix}${name}`);
        throw new Error(`${prefix}${name} was called in a simulated run: use the Env instead`);
      },
      original: undefined,
    })),
  );
  return {
    lay(onCall) {
      told = onCall;
      if (isLaid) return;
      isLaid = true;
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
    lift() {
      if (!isLaid) return;
      isLaid = false;
      for (const { holder, name, original } of entries) {
        if (original === undefined) Reflect.deleteProperty(holder, name);
        else Object.defineProperty(holder, name, original);
      }
    },
  };
}
