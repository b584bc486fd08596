// Checks what `--infra containers` needs: an engine, its images, and Ryuk, which removes containers. Nothing is pulled or started.
import { type ContainerEngine, findEngine } from '../live/containers/engine.ts';
import { chooseImages, identifyImage } from '../live/containers/images.ts';
import { loadTestcontainers } from '../live/containers/library.ts';
import { isRyukWanted } from '../live/containers/ready-engine.ts';
import type { DoctorCheck } from '../formats/doctor.ts';
import { examined } from './examination.ts';

const ENGINE_MS_MAX = 5_000;

/** Checks the engine and, if one answers, its images. The embedded infrastructure needs none of them. */
export async function examineContainers(): Promise<DoctorCheck[]> {
  const found: ContainerEngine[] = [];
  const engine = await examined({ subject: 'Docker engine', isNeeded: false }, async () => {
    const one = await answering(findEngine(await loadTestcontainers()));
    found.push(one);
    return `Docker ${one.version}; the rig and the containers connect at ${one.meetingHost}`;
  });
  const [one] = found;
  if (one === undefined) return [engine];
  const images = chooseImages();
  const looks = [examineImage(one, images.postgres), examineImage(one, images.toxiproxy), examineRyuk(one)];
  return [engine, ...(await Promise.all(looks))];
}

function examineImage(engine: ContainerEngine, name: string): Promise<DoctorCheck> {
  return examined({ subject: 'image', isNeeded: false }, async () => {
    const { client, library } = engine;
    if (await client.image.exists(library.ImageName.fromString(name))) return identifyImage(engine, name);
    throw new Error(`${name} is not here and would be pulled; without a registry: .ci/images/build`);
  });
}

function examineRyuk({ client }: ContainerEngine): Promise<DoctorCheck> {
  return examined({ subject: 'Ryuk', isNeeded: false }, async () => {
    if (!isRyukWanted()) return 'disabled; the guard removes what a killed run leaves';
    const images = await client.container.dockerode.listImages();
    const tag = images.flatMap(({ RepoTags: tags }) => tags ?? []).find((name) => name.includes('ryuk'));
    if (tag !== undefined) return tag;
    throw new Error('its image is not here and would be pulled; without a registry: TESTCONTAINERS_RYUK_DISABLED=true');
  });
}

/** Rejects after a time limit: an engine that does not answer is of no use. */
async function answering<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const giveUp = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ENGINE_MS_MAX} ms`)), ENGINE_MS_MAX);
  });
  try {
    return await Promise.race([work, giveUp]);
  } finally {
    clearTimeout(timer);
  }
}
