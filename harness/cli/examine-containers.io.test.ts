import { afterEach, expect, test, vi } from 'vitest';
import { examineContainers } from './examine-containers.ts';

afterEach(() => void vi.unstubAllEnvs());

test('where no engine answers there is one finding, and nothing that the embedded infrastructure needs', async () => {
  vi.stubEnv('DOCKER_HOST', 'unix:///nonexistent/docker.sock');
  expect(await examineContainers()).toEqual([
    {
      subject: 'Docker engine',
      isGood: false,
      isNeeded: false,
      finding:
        'no Docker engine answers at unix:///nonexistent/docker.sock (Start one (on Debian: .ci/images/start-engine), or use --infra embedded.)',
    },
  ]);
});
