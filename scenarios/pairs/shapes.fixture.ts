// The shapes of the pairs of this folder: correct pairs, each unlike the reference in its own way.
import type { WIRES } from './wire.fixture.ts';

/** How a pair differs from the reference. */
export interface Shape {
  readonly wire: keyof typeof WIRES;
  /** The service answers 202 at once and sends later. */
  readonly answersLater: boolean;
  /** Where the uuid of a message is stored: in its row, in a separate table, or nowhere, because it is derived from the id. */
  readonly refs: 'column' | 'table' | 'derived';
  /** The legacy app caches the modes that it has read until a request empties the cache. */
  readonly keepsModes: boolean;
  /** An unknown flag fails, instead of acting as OFF. */
  readonly rejectsUnknown: boolean;
  /** Campaigns are released by a form, which names the tenant and is answered by a redirect. */
  readonly isForm: boolean;
  /** Campaigns are put into a queue; a separate worker process enters and sends their messages. */
  readonly queues: boolean;
  /** How many failures in a row open the one breaker of the pair; 0 without a breaker. */
  readonly breakerFailures: number;
}

const PLAIN: Omit<Shape, 'wire'> = {
  answersLater: false,
  refs: 'column',
  keepsModes: false,
  rejectsUnknown: false,
  isForm: false,
  queues: false,
  breakerFailures: 0,
};

/** The shapes by their names. */
export const SHAPES = {
  items: { ...PLAIN, wire: 'items', breakerFailures: 3 },
  single: { ...PLAIN, wire: 'single', refs: 'table', rejectsUnknown: true, isForm: true },
  later: { ...PLAIN, wire: 'items', answersLater: true, keepsModes: true },
  derived: { ...PLAIN, wire: 'items', refs: 'derived' },
  queued: { ...PLAIN, wire: 'items', queues: true },
} as const satisfies Readonly<Record<string, Shape>>;

/** The name of a shape. */
export type ShapeName = keyof typeof SHAPES;

/** The shape of this name. Throws when there is none. */
export function shapeNamed(name: string | undefined): Shape {
  const shape = Object.entries(SHAPES).find(([known]) => known === name)?.[1];
  if (shape === undefined) throw new Error(`expected a shape, received ${name ?? 'none'}`);
  return shape;
}
