// Opens an infrastructure by its name. The module of each is loaded only when it is opened: the packages that it needs may be missing.
import type { Infrastructure, InfrastructureName, InfrastructureOptions } from './infrastructure.ts';

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

/** Opens the infrastructure `name`. Throws an InfrastructureError if it does not start or answer, a UsageError if it is not configured. */
export function openInfrastructure(name: InfrastructureName, options: InfrastructureOptions): Promise<Infrastructure> {
  return OPENERS[name](options);
}
