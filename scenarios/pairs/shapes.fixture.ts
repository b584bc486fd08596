// The shapes of the pairs of this folder: correct pairs, each unlike the reference in its own way.
import type { WIRES } from './wire.fixture.ts';

/** What a pair does otherwise than the reference. */
export interface Shape {
  readonly wire: keyof typeof WIRES;
  /** The service answers 202 at once and sends later. */
  readonly answersLater: boolean;
  /** Where the reference of a message is kept: on its row, in a table of its own, or nowhere, because it follows from the message's id. */
  readonly refs: 'column' | 'table' | 'derived';
  /** The legacy app keeps the modes that it has read until it is asked to forget them. */
  readonly keepsModes: boolean;
  /** A flag that is no mode fails, instead of acting as OFF. */
  readonly rejectsUnknown: boolean;
  /** Campaigns are released by a form: it names the tenant, and is answered by a redirect. */
  readonly isForm: boolean;
  /** Campaigns are put into a queue, and a worker beside the application lets in and sends their messages. */
  readonly queues: boolean;
  /** So many failures in a row open the one breaker of its calls; 0 where it has none. */
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

/** The shape that a process is started with. */
export function shapeNamed(name: string | undefined): Shape {
  const shape = Object.entries(SHAPES).find(([known]) => known === name)?.[1];
  if (shape === undefined) throw new Error(`expected a shape, received ${name ?? 'none'}`);
  return shape;
}
