// The operating errors of the rig: each has a stable code and decides the exit code. A violation is never an error, it is data.

/** The stable codes that scripts may match on. */
export type ErrorCode =
  | 'ONESEND_USAGE'
  | 'ONESEND_BAD_DOCUMENT'
  | 'ONESEND_BAD_SYSTEM'
  | 'ONESEND_INFRASTRUCTURE'
  | 'ONESEND_CONTAINMENT'
  | 'ONESEND_INTERRUPTED';

/** What an operating error can say in addition to its message. */
export interface ErrorOptions {
  /** What to do next, in one sentence. */
  readonly hint?: string;
  /** What else is known, a line each: the last lines of a log, or all errors of a document. */
  readonly details?: readonly string[];
  readonly cause?: unknown;
}

/** Base of all operating errors. */
export abstract class OnesendError extends Error {
  abstract readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: readonly string[];

  constructor(message: string, { hint, details = [], cause }: ErrorOptions = {}) {
    super(message, { cause });
    this.name = new.target.name;
    this.hint = hint;
    this.details = details;
  }
}

/** Bad flags, names or configuration: nothing ran. Exit code 2. */
export class UsageError extends OnesendError {
  readonly code = 'ONESEND_USAGE';
}

/** A document (scenario, result, certificate) that is empty, cut off, of an unknown format or of the wrong shape. Exit code 2. */
export class DocumentError extends OnesendError {
  readonly code = 'ONESEND_BAD_DOCUMENT';
}

/** A system description that lacks a field or names something that does not exist. Exit code 2. */
export class SystemDescriptionError extends OnesendError {
  readonly code = 'ONESEND_BAD_SYSTEM';
}

/** Postgres, proxy, process or port trouble: not the system's fault. Exit code 4. */
export class InfrastructureError extends OnesendError {
  readonly code = 'ONESEND_INFRASTRUCTURE';
}

/** A path of a system does not end at the rig's provider stub, so nothing may run. Exit code 4. */
export class ContainmentError extends OnesendError {
  readonly code = 'ONESEND_CONTAINMENT';
}

/** The user asked to stop. Exit code 130. */
export class InterruptedError extends OnesendError {
  readonly code = 'ONESEND_INTERRUPTED';
}
