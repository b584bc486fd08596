import { expect, test, vi } from 'vitest';
import { InfrastructureError } from '../platform/errors.ts';
import { examined } from './examination.ts';

async function findingOf(error: Error): Promise<string> {
  const look = vi.fn<() => Promise<string>>().mockRejectedValue(error);
  const { finding } = await examined({ subject: 'a subject', isNeeded: false }, look);
  return finding;
}

const withCode = (code: string): Error => Object.assign(new Error('the cause'), { code });

test('a check that fails has the hint of its error, unless a resource of the machine ran out', async () => {
  const absent = { hint: 'npm install testcontainers', cause: withCode('ERR_MODULE_NOT_FOUND') };
  expect(await findingOf(new InfrastructureError('no testcontainers', absent))).toBe(
    'no testcontainers (npm install testcontainers)',
  );
  const full = { hint: 'install it', cause: withCode('ENOSPC') };
  expect(await findingOf(new InfrastructureError('not written', full))).toMatch(/^not written \((?!install it)/);
  expect(await findingOf(withCode('EADDRINUSE'))).toBe('the cause (end the program that holds the port, or run again)');
});
