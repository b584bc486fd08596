import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import {
  ContainmentError,
  DocumentError,
  InfrastructureError,
  InterruptedError,
  UsageError,
} from '../platform/errors.ts';
import { failureOf } from './error-line.ts';

test.each([
  [new UsageError('bad'), 2],
  [new DocumentError('bad'), 2],
  [new InfrastructureError('bad'), 4],
  [new ContainmentError('bad'), 4],
  [new InterruptedError('bad'), 130],
])('%s is one line with its code and without a stack', (error, exitCode) => {
  expect(failureOf(error)).toEqual({ text: `${error.code}: bad`, exitCode });
});

test('the hint of an error is on the same line, and line breaks in the message are removed', () => {
  const error = new InfrastructureError('no start.\n  FATAL: memory', { hint: 'Use fewer slots.' });
  expect(failureOf(error).text).toBe('ONESEND_INFRASTRUCTURE: no start. FATAL: memory (Use fewer slots)');
});

test('the details of an error are below its line, without control characters', () => {
  const error = new InfrastructureError('no start', { hint: 'Look.', details: ['log: a', 'log: \u001b[2Jb\u202e'] });
  expect(failureOf(error).text).toBe('ONESEND_INFRASTRUCTURE: no start (Look)\n  log: a\n  log:  [2Jb\\u202e');
});

test('an error of the machine, from any code, is one line with a hint and exit code 4', () => {
  const error = Object.assign(new Error('EMFILE: too many open files, open x'), { code: 'EMFILE' });
  const { text, exitCode } = failureOf(error);
  expect(exitCode).toBe(4);
  expect(text).toMatch(/^ONESEND_INFRASTRUCTURE: EMFILE: too many open files, open x \(.*ulimit -n 4096\)$/);
});

test('a shortage of the machine gives the hint, even if the error has another hint', () => {
  const error = new InfrastructureError('initdb wrote: No space left on device', { hint: 'Check the permissions.' });
  expect(failureOf(error).text).toContain('make room');
  expect(failureOf(error).text).not.toContain('permissions');
});

test('a mistake of the rig prints its stack and says not to trust the run', () => {
  const { text, exitCode } = failureOf(new TypeError('x is not a function'));
  expect(exitCode).toBe(5);
  expect(text).toMatch(/^Onesend made a mistake; do not trust this run\.\nTypeError: x is not a function\n\s+at /);
});

test('a thrown value that is not an Error is a mistake of the rig too', () => {
  expect(failureOf('oops')).toEqual({ text: 'Onesend made a mistake; do not trust this run.\noops', exitCode: 5 });
});

test('help is not an error, and an error of the command line is a usage error', () => {
  expect(failureOf(new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'))).toEqual({
    text: '',
    exitCode: 0,
  });
  expect(failureOf(new CommanderError(1, 'commander.help', '(outputHelp)'))).toEqual({ text: '', exitCode: 2 });
  const unknown = new CommanderError(
    1,
    'commander.unknownOption',
    "error: unknown option '--sed'\n(Did you mean --seed?)",
  );
  expect(failureOf(unknown)).toEqual({
    text: "ONESEND_USAGE: unknown option '--sed' (Did you mean --seed?)",
    exitCode: 2,
  });
});
