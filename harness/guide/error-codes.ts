// What the codes of errors mean. They are stable, so scripts can match on them.
import type { ErrorCode } from '../platform/errors.ts';
import type { GuideEntry } from './entry.ts';

const CODES: Readonly<Record<ErrorCode, readonly [meaning: string, exitCode: number]>> = {
  ONESEND_USAGE: ['A flag, a name or a file on the command line is wrong. Nothing ran.', 2],
  ONESEND_BAD_DOCUMENT: [
    'A document is empty, cut off, altered, of another version, or not of the shape that its schema has.',
    2,
  ],
  ONESEND_BAD_SYSTEM: [
    'The description of a system lacks a field, has an unknown one, or names a file or program that does not exist.',
    2,
  ],
  ONESEND_INFRASTRUCTURE: [
    'PostgreSQL, the proxy, a process, a port or the disk failed. It says nothing about the systems.',
    4,
  ],
  ONESEND_CONTAINMENT: [
    'A send of the system does not end at the provider stub of the rig. Nothing ran, because messages could leave the machine.',
    4,
  ],
  ONESEND_INTERRUPTED: ['The run was interrupted.', 130],
};

/** The codes as entries of the guide. */
export const ERROR_CODE_ENTRIES: readonly GuideEntry[] = Object.entries(CODES).map(([id, [summary, exitCode]]) => ({
  id,
  kind: 'error code',
  title: '',
  summary,
  facts: [
    ['exit code', String(exitCode)],
    ['what to do', 'The line says what was expected, what was found and, in brackets, what to do.'],
  ],
}));
