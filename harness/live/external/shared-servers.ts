// The stay of a run on servers that other runs use too and that outlive it. It uses its own prefix, and leaves nothing behind.
import type { PostgresServer } from '../postgres/server.ts';
import { type RunNames, runNames } from '../run-names.ts';
import { holdRunLock, removeDeadRuns, removeRun } from './run-databases.ts';
import { removeRunProxies, removeStaleProxies } from './run-proxies.ts';
import { newRunPrefix, runPrefixOf } from './run-prefix.ts';

/** The stay of one run. */
export interface Stay {
  readonly names: RunNames;
  /** Removes everything the run has made. */
  leave(): Promise<void>;
}

/** The servers, and where to report what was removed from them. */
export interface SharedServers {
  readonly postgres: PostgresServer;
  readonly proxyApiUrl: string;
  readonly onProgress: (line: string) => void;
}

/** Begins a stay. First removes what killed runs have left on the servers. */
export async function beginStay({ postgres, proxyApiUrl, onProgress }: SharedServers): Promise<Stay> {
  const dead = await removeDeadRuns(postgres);
  const deadPrefixes = new Set(dead.map((name) => runPrefixOf(name)?.text ?? ''));
  const removed = [...dead, ...(await removeStaleProxies(proxyApiUrl, { deadPrefixes }))];
  if (removed.length > 0) onProgress(`removed what dead runs had left: ${removed.join(', ')}`);
  const prefix = newRunPrefix();
  const lock = await holdRunLock(postgres, prefix);
  return {
    names: runNames(prefix.text),
    async leave() {
      const outcomes = await Promise.allSettled([removeRun(postgres, prefix), removeRunProxies(proxyApiUrl, prefix)]);
      await lock.release().catch(() => undefined);
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    },
  };
}
