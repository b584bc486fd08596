import { expect, test } from 'vitest';
import type { Scenario } from '../../formats/scenario.ts';
import { system } from '../endless-system.fixture.ts';
import { toyScenario } from '../toy-scenario.fixture.ts';
import { openWatchedLane } from './watched-lane.ts';

test('a scenario that hangs is given up where it hangs, and the lane goes on with the next', async () => {
  const lane = await openWatchedLane(system);
  const kindsOf = async (scenario: Scenario): Promise<string[]> => {
    const outcome = await lane.run(scenario);
    return outcome.kind === 'history' ? outcome.history.events.map(({ kind }) => kind) : [];
  };
  try {
    const entry = { kind: 'entry', campaign: 'c', tenant: 't', messages: 1, atMs: 1_000 } as const;
    const hung = await kindsOf({ ...toyScenario(), steps: [entry] });
    expect(hung).toContain('observer-problem');
    expect(hung).not.toContain('quiescent');
    expect(await kindsOf(toyScenario())).toContain('quiescent');
  } finally {
    await lane.close();
  }
});
