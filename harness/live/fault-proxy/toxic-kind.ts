// The description of one type of toxic: its attributes and its behaviour.
import type { Behaviour } from './behaviour.ts';

/** What a stage remembers when its toxic is updated. */
export interface StageMemory {
  passedBytes: number;
}

/** A type of toxic. All attributes are 64-bit integers that default to zero. */
export interface ToxicKind {
  readonly attributes: readonly string[];
  /** How many chunks can wait in front of the toxic. With more than one, their delays overlap. */
  readonly queueLength: number;
  /** Whether removing the toxic closes the live links of its direction. */
  readonly closesOnRemoval: boolean;
  /** Whether links that are opened under the toxic end with a reset instead of a FIN, closed from either side. */
  readonly resetsOnClose: boolean;
  start(attributes: ReadonlyMap<string, bigint>, memory: StageMemory): Behaviour;
}

interface Definition<Name extends string> extends Partial<Omit<ToxicKind, 'attributes' | 'start'>> {
  readonly attributes: readonly Name[];
  run(settings: Readonly<Record<Name, number>>, memory: StageMemory): Behaviour;
}

/** Makes a type of toxic whose behaviour gets its attributes as numbers by name. */
export function defineToxic<const Name extends string>(definition: Definition<Name>): ToxicKind {
  return {
    queueLength: 1,
    closesOnRemoval: false,
    resetsOnClose: false,
    ...definition,
    start(attributes, memory) {
      // The type system cannot see that every name has a value here.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const settings = Object.fromEntries(
        definition.attributes.map((name) => [name, Number(attributes.get(name) ?? 0n)]),
      ) as Record<Name, number>;
      return definition.run(settings, memory);
    },
  };
}
