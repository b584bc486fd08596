// Finds the engine and provides what a run needs from it: both images, and Ryuk unless it is disabled.
import { InfrastructureError } from '../../platform/errors.ts';
import { type ContainerEngine, findEngine } from './engine.ts';
import { chooseImages, firstLine, type Images, provideImage } from './images.ts';
import { loadTestcontainers } from './library.ts';

/** An engine on which containers can be started. */
export interface ReadyEngine {
  readonly engine: ContainerEngine;
  readonly images: Images;
}

/** Finds the engine and pulls what is missing. Throws an InfrastructureError of one line, with a hint, when one of them is unavailable. */
export async function readyEngine(onProgress: (line: string) => void): Promise<ReadyEngine> {
  const engine = await findEngine(await loadTestcontainers());
  const images = chooseImages();
  for (const name of [images.postgres, images.toxiproxy]) await provideImage(engine, name, onProgress);
  await provideRyuk(engine);
  return { engine, images };
}

/** Whether testcontainers starts Ryuk. The variable is defined by testcontainers. */
export function isRyukWanted(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment['TESTCONTAINERS_RYUK_DISABLED'] !== 'true';
}

/** Starts Ryuk, which removes what a killed run leaves. It is a container too: without its image, testcontainers starts no other one. */
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
