// The type of a recognised project: one side of a pair, its language or framework, and how it starts.
import type { Field } from './field.ts';
import type { Route } from './routes.ts';

/** A project of one side. Paths are relative to its folder. */
export interface Project {
  readonly kind: 'Laravel' | 'Go' | 'Node';
  /** The program that serves, with its arguments. */
  readonly command: readonly string[];
  /** What the author must do or know about the command. */
  readonly commandCheck?: string;
  /** Files and folders that hold its code. */
  readonly code: readonly string[];
  /** The path of a health check; undefined if the sources name none. */
  readonly readyPath: string | undefined;
  /** The routes that its sources declare. */
  readonly routes: readonly Route[];
  /** The names of variables that its sources read. */
  readonly reads: readonly string[];
  /** Environment variables that every project of this kind needs. */
  readonly environment: readonly Field[];
}
