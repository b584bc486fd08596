// Set-up of the test projects that need a database: starts one PostgreSQL server for all files. Each suite creates its own databases and
// roles on it.
import type { TestProject } from 'vitest/node';
import { type Guard, startGuard } from './guard/guard.ts';
import { createRunDirectory } from './guard/run-directory.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './postgres/embedded.ts';
import { yieldToObservers } from './process/priority.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The version of the shared server, and the URL of one of its databases for the superuser. */
    sharedServer: { readonly version: string; readonly url: string };
  }
}

/** More connections than all lanes need that are open at the same time. */
const CONNECTIONS = 900;

/** Starts the server before the first file; the returned function ends it after the last one. */
export async function setup({ provide }: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const guard: Guard = await startGuard();
  const directory = await createRunDirectory(guard);
  const server: EmbeddedPostgres = await startEmbeddedPostgres({ guard, directory, maxConnections: CONNECTIONS });
  yieldToObservers(server.pid);
  provide('sharedServer', { version: server.version, url: server.url('postgres') });
  return async () => {
    await server.close();
    await guard.close();
  };
}
