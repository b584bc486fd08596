import { afterEach, describe, expect, test, vi } from 'vitest';
import { whySkipContainers } from '../live/containers/why-skip.ts';
import { examineContainers } from './examine-containers.ts';

const skipped = await whySkipContainers();
afterEach(() => void vi.unstubAllEnvs());

describe.skipIf(skipped !== undefined)('an engine that answers', () => {
  test('an engine that answers is reported with its images and with Ryuk', async () => {
    const examinations = await examineContainers();
    expect(examinations.map(({ subject }) => subject)).toEqual(['Docker engine', 'image', 'image', 'Ryuk']);
    expect(examinations.filter(({ isGood }) => !isGood)).toEqual([]);
  });

  test('an engine without the images is reported, and no image is pulled', async () => {
    vi.stubEnv('ONESEND_POSTGRES_IMAGE', 'onesend.invalid/nothing:1.0');
    vi.stubEnv('TESTCONTAINERS_RYUK_DISABLED', 'false');
    const findings = (await examineContainers()).filter(({ isGood }) => !isGood).map(({ finding }) => finding);
    expect(findings[0]).toBe(
      'onesend.invalid/nothing:1.0 is not here and would be pulled; without a registry: .ci/images/build',
    );
  });
});
