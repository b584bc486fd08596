import { expect, test } from 'vitest';
import type { Credential } from '../formats/credential.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { masked, withMaskedErrors } from './masking.ts';

const credentials: Credential[] = [
  { place: '.env: TOKEN', kind: 'a token', secret: 'abcd1234', isConfirmed: true },
  { place: '.env: DB', kind: 'a URL', secret: 'mysql://abcd1234:s%2Fcret@db/x', isConfirmed: true },
];

test('masking replaces credentials by their places in all texts of a history', () => {
  const seen = {
    events: [{ line: 'token=abcd1234', count: 1, answer: null }],
    abcd1234: 'mysql://abcd1234:s%2Fcret@db/x',
  };
  expect(masked(seen, credentials)).toEqual({
    events: [{ line: 'token=[.env: TOKEN]', count: 1, answer: null }],
    '[.env: TOKEN]': '[.env: DB]',
  });
  expect(masked('password s/cret, as sent s%2Fcret', credentials)).toBe('password [.env: DB], as sent [.env: DB]');
});

test('masking keeps the class of an error and replaces credentials in its message, hint, details and stack', async () => {
  const failing = withMaskedErrors(credentials, () => {
    throw new InfrastructureError('no abcd1234', { hint: 'try abcd1234', details: ['at abcd1234'] });
  });
  const error: unknown = await failing.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InfrastructureError);
  expect(error).toMatchObject({
    message: 'no [.env: TOKEN]',
    hint: 'try [.env: TOKEN]',
    details: ['at [.env: TOKEN]'],
  });
  expect((error as Error).stack).not.toContain('abcd1234');
});
