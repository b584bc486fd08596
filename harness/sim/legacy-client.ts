// The rig as a user of the simulated legacy app: triggers, recovery, reconciliation. Whatever the app answers, or not, is data.
import { microsOf } from './clock.ts';
import type { Network } from './network.ts';
import type { SimProcess } from './processes.ts';
import { HOP_MICROS, PATIENCE_MS } from './timings.ts';
import type { World } from './world.ts';

/** What the rig's own request to the legacy app came to; `status` is null when it did not answer. */
export interface UserAnswer {
  readonly status: number | null;
  readonly body: string;
  readonly startedMicros: number;
}

/** A client of the legacy app. */
export interface LegacyClient {
  post(path: string): Promise<UserAnswer>;
}

/** Makes the client. A user who loses patience while nothing can happen any more has found a deadlock. */
export function legacyClient(world: World, legacy: SimProcess, network: Network): LegacyClient {
  return {
    post(path) {
      const startedMicros = world.nowMicros;
      const { engine } = world;
      return new Promise((resolve) => {
        let isOpen = true;
        const settle = (status: number | null, body: string): void => {
          if (!isOpen) return;
          isOpen = false;
          engine.cancel(patience);
          engine.schedule(HOP_MICROS, () => resolve({ status, body, startedMicros }));
        };
        const patience = engine.schedule(
          microsOf(PATIENCE_MS),
          () => {
            if (isOpen && engine.isAtRest && !network.isHoldingData) {
              world.reportAnomaly(
                'deadlock',
                `the legacy app never answers ${path}, and nothing is left that could wake it`,
              );
            }
            settle(null, '');
          },
          { isIdle: true },
        );
        engine.schedule(HOP_MICROS, () => {
          const isUp = legacy.serve({
            request: { method: 'POST', path, headers: { 'content-type': 'application/json' }, body: '{}' },
            replied: ({ status, body }) => settle(status, body),
            died: () => settle(null, ''),
          });
          if (!isUp) settle(null, '');
        });
      });
    },
  };
}
