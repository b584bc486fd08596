// The rig as a user of the simulated legacy app: it triggers campaigns, recovery and reconciliation.
import { USER_PATIENCE_MS, type UserAnswer } from '../execution/user.ts';
import type { CallerPresence } from '../../src/contract/http.ts';
import { microsOf, MICROS_PER_MS } from './clock.ts';
import { EVENTS } from './event-words.ts';
import type { Link } from './link.ts';
import type { SimProcess } from './processes.ts';
import { HOP_MICROS } from './timings.ts';
import type { World } from './world.ts';

/** Posts to a path of the legacy app. It never rejects: a missing answer has the status null. */
export type User = (path: string) => Promise<UserAnswer>;

/** The user keeps its connection open until it gets an answer. */
const WAITS: CallerPresence = { isGone: false, onGone() {} };

/** Makes the user. If its timeout passes when the systems are quiescent and no fault holds data back, that is a deadlock. */
export function makeUser(world: World, legacy: SimProcess, link: Link): User {
  return (path) => {
    const startedMicros = world.nowMicros;
    const { engine } = world;
    return new Promise((resolve) => {
      let isOpen = true;
      world.connections.push({
        state: () =>
          isOpen
            ? {
                from: 'user',
                to: 'legacy-1',
                what: `POST ${path}`,
                sinceMs: startedMicros / MICROS_PER_MS,
                state: 'under way',
              }
            : undefined,
      });
      const settle = (status: number | null, body: string): void => {
        if (!isOpen) return;
        isOpen = false;
        engine.cancel(patience);
        engine.schedule(
          HOP_MICROS,
          () => resolve({ status, body, startedMicros, endedMicros: world.nowMicros }),
          EVENTS.userAnswer,
        );
      };
      const patience = engine.schedule(
        microsOf(USER_PATIENCE_MS),
        () => {
          if (isOpen && engine.hasOnlyIdleEvents && !link.isHoldingData) {
            world.reportAnomaly(
              'deadlock',
              `the legacy app never answers ${path}, and nothing is left that could wake it`,
            );
          }
          settle(null, '');
        },
        { isIdle: true, what: "the end of the user's patience" },
      );
      const arrive = (): void => {
        const isUp = legacy.serve({
          request: { method: 'POST', path, headers: { 'content-type': 'application/json' }, body: '{}' },
          caller: WAITS,
          replied: ({ status, body }) => settle(status, body),
          died: () => settle(null, ''),
        });
        if (!isUp) settle(null, '');
      };
      engine.schedule(HOP_MICROS, arrive, EVENTS.userRequest);
    });
  };
}
