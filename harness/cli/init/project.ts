// A folder with one side of a pair: what it is written in, and what starts it.
import type { Field } from './field.ts';
import type { Route } from './routes.ts';

/** What the folder of one side holds. Paths are relative to it. */
export interface Project {
  readonly kind: 'Laravel' | 'Go' | 'Node';
  /** The program that serves, with its arguments, and what its author must do or know about it. */
  readonly command: readonly string[];
  readonly commandCheck?: string;
  /** Files and folders that hold its code. */
  readonly code: readonly string[];
  /** A path that answers once it serves, where its code names one. */
  readonly readyPath: string | undefined;
  /** The routes that its sources declare. */
  readonly routes: readonly Route[];
  /** The names of variables that its sources read. */
  readonly reads: readonly string[];
  /** Variables that every project of its kind needs. */
  readonly environment: readonly Field[];
}
