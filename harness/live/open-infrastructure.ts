// Opens an infrastructure by its name. Each is loaded only when it is asked for: what one needs may be missing where another serves.
import type { Guard } from './guard/guard.ts';
import type { Infrastructure, InfrastructureName } from './infrastructure.ts';

/** What a lane asks of its infrastructure. */
export interface InfrastructureOptions {
  readonly guard: Guard;
  /** The directory of the run. */
  readonly directory: string;
  /** How many slots there will be, numbered from 1, with one database and one proxy each. */
  readonly slots: number;
  /** How many connections the slots may open to PostgreSQL, all together. */
  readonly maxConnections: number;
  readonly onProgress: (line: string) => void;
}

const OPENERS: Readonly<Record<InfrastructureName, (options: InfrastructureOptions) => Promise<Infrastructure>>> = {
  async embedded(options) {
    const { openEmbeddedInfrastructure } = await import('./embedded-infrastructure.ts');
    return openEmbeddedInfrastructure(options);
  },
  async containers(options) {
    const { openContainerInfrastructure } = await import('./containers/infrastructure.ts');
    return openContainerInfrastructure(options);
  },
  async external(options) {
    const { openExternalInfrastructure } = await import('./external/infrastructure.ts');
    return openExternalInfrastructure(options);
  },
};

/** Opens the infrastructure `name`. Throws an InfrastructureError when it cannot be had, a UsageError when it was not configured. */
export function openInfrastructure(name: InfrastructureName, options: InfrastructureOptions): Promise<Infrastructure> {
  return OPENERS[name](options);
}
