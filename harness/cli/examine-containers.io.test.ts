import { afterEach, expect, test, vi } from 'vitest';
import { examineContainers } from './examine-containers.ts';

afterEach(() => void vi.unstubAllEnvs());

test('if no engine answers, there is one finding, which the embedded infrastructure does not need', async () => {
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
