import { describe, expect, test } from 'vitest';
import { judge } from '../evidence/judge.ts';
import { scriptedOracle, scriptedRun, scriptedScenario } from './executor.fixture.ts';
import { recheck } from './recheck.ts';

describe('the re-check of a stored history', () => {
  const violates = (_: unknown, property: string): boolean => property === 'S1';
  const oracle = scriptedOracle({ violates });
  const { history, findings } = judge(scriptedRun(scriptedScenario()), oracle);

  test('the re-check of a stored history confirms findings that the history shows again', () => {
    expect(recheck({ history, findings: [...findings] }, oracle)).toEqual({ confirmed: true });
  });

  test('the re-check of a stored history confirms neither other findings, nor none, nor those of a checker that throws', () => {
    const altered = findings.map((finding) => ({ ...finding, items: ['campaign-1#2'] }));
    const throwing = scriptedOracle({ violates, crashed: 'S1' });
    expect(recheck({ history, findings: altered }, oracle).confirmed).toBe(false);
    expect(recheck({ history, findings: [] }, oracle).confirmed).toBe(false);
    expect(recheck({ history, findings: [...findings] }, throwing).confirmed).toBe(false);
    expect(recheck({ history, findings: [...findings] }, scriptedOracle()).confirmed).toBe(false);
  });

  test('the re-check of a stored history does not confirm an invalid history', () => {
    const { events: _, ...cut } = history;
    expect(recheck({ history: cut as typeof history, findings: [...findings] }, oracle).confirmed).toBe(false);
  });
});
