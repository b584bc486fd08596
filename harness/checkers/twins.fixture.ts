// Hand-written histories of twins: `c1#1` of tenant t1 in OFF and `c2#1` of tenant t2 in SHADOW. Used by tests only.
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import type { History } from '../formats/history.ts';
import { SCRIPTED_TOLERANCES } from '../formats/tolerances.fixture.ts';
import { at, entry, historyOf, quiescent, request, trigger, userResponse } from '../history/history.fixture.ts';

/** The answer that the user of one twin gets. */
export interface AnswerToUser {
  readonly status?: number;
  readonly body?: unknown;
  readonly elapsedMs?: number;
}

/** The campaigns of the twins are triggered, their messages enter, and their users get answers. */
export function twinsHistory(
  events: readonly Observation[],
  {
    reported = {},
    faults = [],
    noiseMs = 0,
  }: { reported?: AnswerToUser; faults?: readonly Fault[]; noiseMs?: number } = {},
): History {
  const { scenario } = historyOf({ secondTenant: true, faults }, []);
  const [first, second] = scenario.tenants;
  if (first === undefined || second === undefined) throw new Error('expected two tenants');
  const tenants = [
    { ...first, mode: 'OFF' },
    { ...second, mode: 'SHADOW' },
  ];
  const tolerances = { ...SCRIPTED_TOLERANCES, noiseMs };
  return historyOf({ secondTenant: true, changes: { scenario: { ...scenario, tenants }, tolerances } }, [
    at(0, trigger('c1')),
    at(0, trigger('c2')),
    at(2, entry('c1#1', 'u1', 'OFF')),
    at(2, entry('c2#1', 'u2', 'SHADOW')),
    at(8, request('front', 'f2', { uuids: ['u2'], dryRun: true, tenantId: 2 })),
    answeredAfter('c1', {}),
    answeredAfter('c2', reported),
    ...events,
    at(5_000, quiescent),
  ]);
}

function answeredAfter(campaign: string, { status = 200, body = {}, elapsedMs = 10 }: AnswerToUser): Observation {
  return { ...at(elapsedMs, userResponse({ status, body, campaign })), elapsedMs } as Observation;
}
