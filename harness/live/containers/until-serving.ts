// The wait strategy of both containers: a server is up once the rig reaches it, over the very way it will use.
//
// The strategy that PostgreSqlContainer comes with runs a health check inside the container four times a second, for as long as the
// container lives: on two cores that falsifies a budget of 500 ms. It also waits a whole minute for the health of a container that is dead.
import { setTimeout as sleep } from 'node:timers/promises';
import type { BoundPorts, WaitStrategy } from 'testcontainers';
import { messageOf } from '../../platform/thrown.ts';

type Container = Parameters<WaitStrategy['waitUntilReady']>[0];

const STARTUP_MS_MAX = 60_000;
const POLL_MS = 50;
/** Each part of a container's log begins with its stream and length. */
const LOG_HEADER_BYTES = 8;

/** Waits until `reach` fulfils. A container that has exited fails at once, with the last line that its server said. */
export function untilServing(reach: (ports: BoundPorts) => Promise<void>): WaitStrategy {
  return {
    async waitUntilReady(container, ports) {
      const deadlineMs = performance.now() + STARTUP_MS_MAX;
      for (;;) {
        try {
          await reach(ports);
          return;
        } catch (cause) {
          await assertRunning(container);
          if (performance.now() > deadlineMs)
            throw new Error(`it runs and is not reached: ${messageOf(cause)}`, { cause });
        }
        await sleep(POLL_MS);
      }
    },
    // Its timeout is its own.
    withStartupTimeout() {
      return this;
    },
    isStartupTimeoutSet: () => true,
    getStartupTimeout: () => STARTUP_MS_MAX,
  };
}

async function assertRunning(container: Container): Promise<void> {
  const { State: state, Config: config } = await container.inspect();
  if (state.Status !== 'exited' && state.Status !== 'dead') return;
  throw new Error(`${config.Image} ended with exit code ${state.ExitCode}: ${await lastWords(container)}`);
}

async function lastWords(container: Container): Promise<string> {
  const log = await container.logs({ stdout: true, stderr: true, tail: 1 });
  return log.subarray(LOG_HEADER_BYTES).toString().trim() || 'it said nothing';
}
