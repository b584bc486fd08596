// Violations of the breakers to be planted into lives. Used by tests only.
import type { Life, Moment, Way } from './life.fixture.ts';
import { also, type Planting, without } from './planting.fixture.ts';
import { asked, breakerRow } from './ways.fixture.ts';

const CALLED: readonly Way[] = ['service', 'rejected', 'unknown'];

/** Violations of S15 and L6. */
export const BREAKER_PLANTINGS: readonly Planting[] = [
  {
    property: 'S15',
    what: 'the breaker opens although no call has failed',
    ways: [...CALLED, 'fallback', 'off', 'shadow'],
    isAnonymous: true,
    plant: also((life) => [inTurn(life, 270, breakerRow(life, 'OPEN')), inTurn(life, 300, closedByRig(life))]),
  },
  {
    property: 'S15',
    what: 'a call leaves while the breaker is OPEN',
    ways: CALLED,
    plant: also((life) => [
      inTurn(life, 10, breakerRow(life, 'OPEN', 'rig_role')),
      inTurn(life, 270, asked(life, { tap: 'front', dryRun: false, call: `also-${life.campaign}` })),
      inTurn(life, 300, closedByRig(life)),
    ]),
  },
  {
    property: 'L6',
    what: 'the breaker probes, and does not close',
    ways: ['probe'],
    findings: ({ messages }) => messages,
    plant: without((what) => what.kind === 'row' && what.after?.['state'] === 'CLOSED'),
  },
  {
    property: 'L6',
    what: 'the breaker never probes',
    ways: ['probe'],
    findings: ({ messages }) => messages,
    plant: without((what) => what.kind === 'row' && ['HALF_OPEN', 'CLOSED'].includes(String(what.after?.['state']))),
  },
];

/**
 * An event in the time slot of a life, in which no other life uses the breaker. Lives begin within the first of every five seconds, and
 * their calls end before the slots.
 */
function inTurn({ campaign, startMs }: Life, ms: number, what: Moment['what']): Moment {
  return { ms: Math.floor(startMs / 5_000) * 5_000 + 1_000 + campaign * 320 + ms, what };
}

function closedByRig(life: Life): Moment['what'] {
  return breakerRow(life, 'CLOSED', 'rig_role');
}
