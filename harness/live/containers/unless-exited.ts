// A wait strategy for servers that may refuse to start: testcontainers would wait a whole minute for the health of a container that is dead.
import { setTimeout as sleep } from 'node:timers/promises';
import type { WaitStrategy } from 'testcontainers';

type Container = Parameters<WaitStrategy['waitUntilReady']>[0];

const POLL_MS = 100;
/** Each part of a container's log begins with its stream and length. */
const LOG_HEADER_BYTES = 8;

/** Waits as `inner` does. Once the container has exited it fails at once, with the last line that its server said. */
export function unlessExited(inner: WaitStrategy): WaitStrategy {
  return {
    async waitUntilReady(container, ...rest) {
      const waiting = { isOver: false };
      try {
        await Promise.race([inner.waitUntilReady(container, ...rest), failOnExit(container, waiting)]);
      } catch (error) {
        // A dead container also is unhealthy, which says less.
        throw (await exitOf(container)) ?? error;
      } finally {
        waiting.isOver = true;
      }
    },
    withStartupTimeout(startupTimeoutMs) {
      inner.withStartupTimeout(startupTimeoutMs);
      return this;
    },
    isStartupTimeoutSet: () => inner.isStartupTimeoutSet(),
    getStartupTimeout: () => inner.getStartupTimeout(),
  };
}

async function failOnExit(container: Container, waiting: { readonly isOver: boolean }): Promise<void> {
  while (!waiting.isOver) {
    const exit = await exitOf(container);
    if (exit !== undefined) throw exit;
    await sleep(POLL_MS);
  }
}

async function exitOf(container: Container): Promise<Error | undefined> {
  const { State: state, Config: config } = await container.inspect();
  if (state.Status !== 'exited' && state.Status !== 'dead') return undefined;
  return new Error(`${config.Image} ended with exit code ${state.ExitCode}: ${await lastWords(container)}`);
}

async function lastWords(container: Container): Promise<string> {
  const log = await container.logs({ stdout: true, stderr: true, tail: 1 });
  return log.subarray(LOG_HEADER_BYTES).toString().trim() || 'it said nothing';
}
