import { expect, test } from 'vitest';
import { defineSystem } from './system-description.ts';

const describe = (value: object): unknown => defineSystem(value as Parameters<typeof defineSystem>[0], 'pair.json');

test('everything that is wrong with a description is told at once', () => {
  const started = { command: 'node', arguments: [], environment: {}, readyPth: '/' };
  expect(() => describe({ format: 'onesend.system/1', name: '', processes: { legacy: started } })).toThrow(
    expect.objectContaining({
      code: 'ONESEND_BAD_SYSTEM',
      message: expect.stringMatching(/^pair.json: \d+ errors$/),
      details: expect.arrayContaining([
        "processes.legacy.readyPth: unknown, did you mean 'readyPath'?",
        'processes.service: expected object, it is missing',
        'mode: expected array, it is missing',
      ]),
    }),
  );
});

test('a single error is one line', () => {
  expect(() => describe({ format: 'onesend.system/0' })).toThrow(
    'pair.json: format: expected onesend.system/1, found "onesend.system/0"',
  );
});
