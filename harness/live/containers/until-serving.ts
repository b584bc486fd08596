// The wait strategy of both containers: a server is up once the rig can connect to it in the way that it will use.
//
// The default strategy of PostgreSqlContainer runs a health check inside the container four times a second for as long as the container
// lives: on two cores that distorts a budget of 500 ms. It also waits a whole minute for a container that has already exited.
import { setTimeout as sleep } from 'node:timers/promises';
import type { BoundPorts, WaitStrategy } from 'testcontainers';
import { messageOf } from '../../platform/thrown.ts';

type Container = Parameters<WaitStrategy['waitUntilReady']>[0];

const STARTUP_MS_MAX = 60_000;
const POLL_MS = 50;
/** Each part of a container's log begins with its stream and length. */
const LOG_HEADER_BYTES = 8;

/** Waits until `reach` resolves. Fails at once when the container has exited, with the last line of its log. */
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
            throw new Error(`it runs but cannot be reached: ${messageOf(cause)}`, { cause });
        }
        await sleep(POLL_MS);
      }
    },
    // The timeout of this strategy is fixed.
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
  throw new Error(`${config.Image} ended with exit code ${state.ExitCode}: ${await lastLine(container)}`);
}

async function lastLine(container: Container): Promise<string> {
  const log = await container.logs({ stdout: true, stderr: true, tail: 1 });
  return log.subarray(LOG_HEADER_BYTES).toString().trim() || 'its log is empty';
}
