import { afterEach, expect, test, vi } from 'vitest';
import { loadTestcontainers } from './library.ts';

afterEach(() => void vi.doUnmock('testcontainers'));

test('a package that is not installed is an infrastructure error that says how to install it', async () => {
  vi.doMock('testcontainers', () => {
    throw new Error("Cannot find package 'testcontainers'");
  });
  await expect(loadTestcontainers()).rejects.toMatchObject({
    code: 'ONESEND_INFRASTRUCTURE',
    message: '--infra containers needs testcontainers, which is not installed',
    hint: expect.stringMatching(/^npm install .*testcontainers@11.*--infra embedded/),
  });
});
