import { describe, expect, test, vi } from 'vitest';
import { type ContainerEngine, findEngine } from './engine.ts';
import { chooseImages, identifyImage, provideImage } from './images.ts';
import { loadTestcontainers } from './library.ts';
import { whySkipContainers } from './why-skip.ts';

/** A registry that does not exist. */
const UNREACHABLE = '127.0.0.1:1/onesend/nothing:1.0';

const skipped = await whySkipContainers();
const findIt = async (): Promise<ContainerEngine> => findEngine(await loadTestcontainers());

describe.skipIf(skipped !== undefined)('images', () => {
  test('images that exist are not pulled', async () => {
    const engine = await findIt();
    const pull = vi.spyOn(engine.client.image, 'pull');
    const progress: string[] = [];
    await provideImage(engine, chooseImages().toxiproxy, (line) => progress.push(line));
    expect(pull).not.toHaveBeenCalled();
    expect(progress).toEqual([]);
  });

  test('images that cannot be pulled are an infrastructure error of one line, with a hint', async () => {
    const progress: string[] = [];
    const providing = provideImage(await findIt(), UNREACHABLE, (line) => progress.push(line));
    await expect(providing).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      message: expect.stringMatching(
        /^the image 127\.0\.0\.1:1\/onesend\/nothing:1\.0 is not here and cannot be pulled: .+$/,
      ),
      hint: expect.stringContaining('.ci/images/build'),
    });
    expect(progress).toEqual([`pulling ${UNREACHABLE}`]);
  });

  test('images are identified by their tag and their id', async () => {
    const { toxiproxy } = chooseImages();
    expect(await identifyImage(await findIt(), toxiproxy)).toMatch(/^\S+:2\.12\.0 \(sha256:[0-9a-f]{12}\)$/);
  });

  test('containers reach the rig on the address of the bridge, never on all addresses', async () => {
    const { meetingHost } = await findIt();
    expect(meetingHost).toMatch(/^(172|192|10|127)\./);
  });
});
