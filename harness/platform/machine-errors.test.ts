import { expect, test } from 'vitest';
import { InfrastructureError } from './errors.ts';
import { machineErrorOf, shortageIn } from './machine-errors.ts';

function failed(code: string, message = `${code}: it failed`): Error {
  return Object.assign(new Error(message), { code });
}

test.each(['EMFILE', 'EAGAIN', 'ENOSPC', 'ENOMEM', 'EROFS', 'ENETUNREACH', 'ERR_WORKER_INIT_FAILED'])(
  '%s is a shortage of the machine',
  (code) => {
    expect(machineErrorOf(failed(code))).toMatchObject({ code, isShortage: true });
  },
);

test('an error of the machine is found in the cause of an error, and in the errors of several attempts', () => {
  const attempts = new AggregateError([failed('ECONNREFUSED')], 'no address answered');
  const outer = new Error('no start', { cause: attempts });
  expect(machineErrorOf(outer)).toMatchObject({ code: 'ECONNREFUSED', isShortage: false });
});

test('a shortage in a cause takes precedence over an outer error that is no shortage', () => {
  const outer = Object.assign(new Error('no start', { cause: failed('ENOSPC') }), { code: 'EPIPE' });
  expect(machineErrorOf(outer)?.code).toBe('ENOSPC');
});

test('a shortage is found in what a process wrote before it ended', () => {
  const details = ['its last lines:', '  fork: Resource temporarily unavailable'];
  expect(shortageIn(new InfrastructureError('it exited with code 1', { details }))).toMatchObject({ isShortage: true });
});

test('a mistake of the rig is not an error of the machine', () => {
  expect(machineErrorOf(new TypeError('x is not a function'))).toBeUndefined();
  expect(machineErrorOf(failed('ERR_ASSERTION'))).toBeUndefined();
  expect(machineErrorOf('out of memory')).toBeUndefined();
});

test('an error that is its own cause causes no endless loop', () => {
  const error = new Error('round');
  error.cause = error;
  expect(machineErrorOf(error)).toBeUndefined();
});

test('a removed working directory is distinguished from other missing files', () => {
  const error = failed('ENOENT', 'ENOENT: no such file or directory, uv_cwd');
  expect(machineErrorOf(error)?.hint).toContain('working directory');
  expect(machineErrorOf(failed('ENOENT'))?.hint).not.toContain('working directory');
});

test.each([
  ['initdb: error: could not write file: No space left on device', 'ENOSPC'],
  ['the observers ended: Worker initialization failure: EMFILE', 'EMFILE'],
  ['FATAL: could not create shared memory segment: Cannot allocate memory', 'ENOMEM'],
])('a shortage is found in the output of a program or thread: %s', (message, code) => {
  expect(shortageIn(new InfrastructureError(message))).toMatchObject({ code });
});

test('an error that neither is nor quotes a shortage is no shortage', () => {
  expect(shortageIn(new InfrastructureError('port 8474 is in use', { cause: failed('EADDRINUSE') }))).toBeUndefined();
});
