import { describe, expect, test } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import type { Fault } from '../../formats/fault.ts';
import { SCRIPTED_TIMINGS } from '../../formats/tolerances.fixture.ts';
import { VANTAGES } from '../../formats/vantages.ts';
import { at, during, entry, historyOf, nemesis, request, sent } from '../history.fixture.ts';
import { receipts } from '../receipts.ts';

describe('receipts of a planted breaker that no observer sees', () => {
  const vantages = VANTAGES.filter((vantage) => vantage !== 'breaker');
  const planted = (mode: 'ON' | 'SHADOW', ...events: Observation[]): string | undefined => {
    const faults: Fault[] = [{ kind: 'breaker-open', breaker: mode === 'ON' ? 'live' : 'dry', fromMs: 0 }];
    const opened = during(-200, -10, nemesis({ applied: 0 }));
    const timings = { ...SCRIPTED_TIMINGS, breakerProbeAfterMs: 1_000 };
    const history = historyOf({ mode, faults, changes: { vantages, timings } }, [
      opened,
      at(5, entry('c1#1', 'u1', mode)),
      ...events,
    ]);
    return receipts(history)[0]?.state;
  };
  const call = (ms: number, dryRun: boolean) => at(ms, request('front', 'f', { uuids: ['u1'], dryRun }));

  test.each<[string, Observation[], string]>([
    ['a fallback without a call', sent(100, 'legacy'), 'bit'],
    ['a fallback after the breaker may have probed', sent(801, 'legacy'), 'idle'],
    ['a fallback after a call', [call(300, false), ...sent(310, 'legacy')], 'missing'],
    ['a call that may have begun before the breaker opened', [call(20, false), ...sent(100, 'legacy')], 'idle'],
    ['a call after the breaker may have probed', [call(801, false), ...sent(900, 'legacy')], 'idle'],
    ['a send by the service', sent(100, 'service'), 'idle'],
    ['nothing at all', [], 'idle'],
    ['a fallback while the service was down', [at(50, nemesis({ crash: 'service' })), ...sent(100, 'legacy')], 'idle'],
  ])('receipts of an unseen planted breaker for live calls: %s', (_, events, state) => {
    expect(planted('ON', ...events)).toBe(state);
  });

  test.each<[string, Observation[], string]>([
    ['a send without a rehearsal', sent(100, 'legacy'), 'bit'],
    ['a send too late for its rehearsal', sent(500, 'legacy'), 'idle'],
    ['a rehearsal', [call(300, true), ...sent(100, 'legacy')], 'missing'],
    ['a rehearsal that came late', [call(900, true), ...sent(100, 'legacy')], 'idle'],
  ])('receipts of an unseen planted breaker for rehearsals: %s', (_, events, state) => {
    expect(planted('SHADOW', ...events)).toBe(state);
  });
});
