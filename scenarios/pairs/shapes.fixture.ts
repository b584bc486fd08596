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
}

/** The shapes by their names. */
export const SHAPES = {
  items: { wire: 'items', answersLater: false, refs: 'column', keepsModes: false },
  single: { wire: 'single', answersLater: false, refs: 'table', keepsModes: false },
  later: { wire: 'items', answersLater: true, refs: 'column', keepsModes: true },
  derived: { wire: 'items', answersLater: false, refs: 'derived', keepsModes: false },
} as const satisfies Readonly<Record<string, Shape>>;

/** The name of a shape. */
export type ShapeName = keyof typeof SHAPES;

/** The shape that a process is started with. */
export function shapeNamed(name: string | undefined): Shape {
  const shape = Object.entries(SHAPES).find(([known]) => known === name)?.[1];
  if (shape === undefined) throw new Error(`expected a shape, received ${name ?? 'none'}`);
  return shape;
}
