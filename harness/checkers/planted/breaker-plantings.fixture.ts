// Violations of the breakers to be planted into lives. Used by tests only.
import { breaker, type Happening } from '../../history/history.fixture.ts';
import type { Life, Moment, Way } from './life.fixture.ts';
import { also, type Planting } from './planting.fixture.ts';
import { asked } from './ways.fixture.ts';

const CALLED: readonly Way[] = ['service', 'rejected', 'unknown'];

/** Each makes one finding of S15. */
export const BREAKER_PLANTINGS: readonly Planting[] = [
  {
    property: 'S15',
    what: 'the breaker opens although no call has failed',
    ways: [...CALLED, 'fallback', 'off', 'shadow'],
    isAnonymous: true,
    plant: also((life) => [
      breakerAt(life, 270, { state: 'OPEN', role: 'legacy_role' }),
      breakerAt(life, 300, { state: 'CLOSED', role: 'rig_role' }),
    ]),
  },
  {
    property: 'S15',
    what: 'a call leaves while the breaker is OPEN',
    ways: CALLED,
    plant: also((life) => [
      breakerAt(life, 10, { state: 'OPEN', role: 'rig_role' }),
      { ms: turnOf(life) + 270, what: asked(life, { tap: 'front', dryRun: false, call: `also-${life.campaign}` }) },
      breakerAt(life, 300, { state: 'CLOSED', role: 'rig_role' }),
    ]),
  },
];

/** From when on a life has the breaker for itself: lives begin within the first of every five seconds, and their calls are over by then. */
function turnOf({ campaign, startMs }: Life): number {
  return Math.floor(startMs / 5_000) * 5_000 + 1_500 + campaign * 320;
}

/** The live breaker changes in the turn of the life. */
function breakerAt(life: Life, ms: number, { state, role }: { state: string; role: string }): Moment {
  const changed = breaker(state, { role }) as Extract<Happening, { kind: 'row' }>;
  return { ms: turnOf(life) + ms, what: { ...changed, transaction: `${state}-${life.campaign}` } };
}
