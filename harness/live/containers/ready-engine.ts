// The engine with all that a run takes for granted: both images, and Ryuk where it is wanted.
import { InfrastructureError } from '../../platform/errors.ts';
import { type ContainerEngine, findEngine } from './engine.ts';
import { chooseImages, firstLine, type Images, provideImage } from './images.ts';
import { loadTestcontainers } from './library.ts';

/** An engine on which containers can be started. */
export interface ReadyEngine {
  readonly engine: ContainerEngine;
  readonly images: Images;
}

/** Finds the engine and pulls what is missing. Throws an InfrastructureError, in one line with what to do, for what cannot be had. */
export async function readyEngine(onProgress: (line: string) => void): Promise<ReadyEngine> {
  const engine = await findEngine(await loadTestcontainers());
  const images = chooseImages();
  for (const name of [images.postgres, images.toxiproxy]) await provideImage(engine, name, onProgress);
  await provideRyuk(engine);
  return { engine, images };
}

/** Whether Ryuk is to watch over containers. Its variable is the library's own. */
export function isRyukWanted(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment['TESTCONTAINERS_RYUK_DISABLED'] !== 'true';
}

/** Ryuk, which removes what a killed run leaves, is a container too: without its image nothing would start. */
async function provideRyuk({ client, library }: ContainerEngine): Promise<void> {
  if (!isRyukWanted()) return;
  try {
    await library.getReaper(client);
  } catch (cause) {
    throw new InfrastructureError(`testcontainers cannot start Ryuk: ${firstLine(cause)}`, {
      hint: 'Without a registry, set TESTCONTAINERS_RYUK_DISABLED=true: the guard removes what a killed run leaves. Or use --infra embedded.',
      cause,
    });
  }
}
