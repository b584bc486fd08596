// The images of `--infra containers`: pinned, overridable, and pulled only when they are missing.
import { InfrastructureError } from '../../platform/errors.ts';
import type { ContainerEngine } from './engine.ts';

/** The images by default. */
export const DEFAULT_IMAGES = { postgres: 'postgres:18.4', toxiproxy: 'ghcr.io/shopify/toxiproxy:2.12.0' } as const;

/** The names of the images to use. */
export interface Images {
  readonly postgres: string;
  readonly toxiproxy: string;
}

/** The images that the environment names, or the default ones. */
export function chooseImages(environment: NodeJS.ProcessEnv = process.env): Images {
  return {
    postgres: environment['ONESEND_POSTGRES_IMAGE'] || DEFAULT_IMAGES.postgres,
    toxiproxy: environment['ONESEND_TOXIPROXY_IMAGE'] || DEFAULT_IMAGES.toxiproxy,
  };
}

/** Pulls the image unless the engine has it already. Throws an InfrastructureError when the pull fails. */
export async function provideImage(
  engine: ContainerEngine,
  name: string,
  onProgress: (line: string) => void,
): Promise<void> {
  const { client, library } = engine;
  const image = library.ImageName.fromString(name);
  try {
    if (await client.image.exists(image)) return;
    onProgress(`pulling ${name}`);
    await client.image.pull(image);
  } catch (cause) {
    throw new InfrastructureError(`the image ${name} is not here and cannot be pulled: ${firstLine(cause)}`, {
      hint: 'Without a registry, build it: eval "$(.ci/images/build)". Or use --infra embedded.',
      cause,
    });
  }
}

/** The name with the id of the image that its tag currently refers to, for certificates. */
export async function identifyImage({ client, library }: ContainerEngine, name: string): Promise<string> {
  const { Id: id } = await client.image.inspect(library.ImageName.fromString(name));
  return `${name} (${id.slice(0, 'sha256:'.length + 12)})`;
}

/** The first line of a thrown value of any type. */
export function firstLine(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).trim().split('\n')[0] ?? '';
}
