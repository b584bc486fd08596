import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findEngine } from './engine.ts';
import { chooseImages, DEFAULT_IMAGES } from './images.ts';
import { loadTestcontainers } from './library.ts';
import { whySkipContainers } from './why-skip.ts';

const DEAD = 'unix:///nonexistent/docker.sock';

describe('an engine that does not answer', () => {
  beforeEach(() => void vi.stubEnv('DOCKER_HOST', DEAD));
  afterEach(() => void vi.unstubAllEnvs());

  test('an engine that does not answer is an infrastructure error that says what to do, even if another engine is there', async () => {
    await expect(findEngine(await loadTestcontainers())).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      message: `no Docker engine answers at ${DEAD}`,
      hint: expect.stringContaining('--infra embedded'),
    });
  });

  test('an engine that does not answer is a reason to skip a suite, but not in CI', async () => {
    vi.stubEnv('CI', '');
    expect(await whySkipContainers()).toBe(`no Docker engine answers at ${DEAD}`);
    vi.stubEnv('CI', 'true');
    expect(await whySkipContainers()).toBeUndefined();
  });
});

describe('the images', () => {
  test('the images are pinned', () => {
    expect(chooseImages({})).toEqual(DEFAULT_IMAGES);
    expect(Object.values(DEFAULT_IMAGES).filter((name) => !/:\d+\.\d+/.test(name))).toEqual([]);
  });

  test('the images are those that the environment names', () => {
    expect(chooseImages({ ONESEND_POSTGRES_IMAGE: 'mine:1', ONESEND_TOXIPROXY_IMAGE: '' })).toEqual({
      postgres: 'mine:1',
      toxiproxy: DEFAULT_IMAGES.toxiproxy,
    });
  });
});
