import { describe, expect, test } from 'vitest';
import { FAULTS } from '../faults/catalogue.ts';
import type { Case } from '../formats/case.ts';
import { demandPlayable, refusalOfFaults } from './refusal.ts';

const window = { fromMs: 0, untilMs: 1 };
const lane = {
  lane: 'sim',
  realisers: { ...FAULTS, latency: { impossible: 'time does not pass here' } },
} as const;

describe('a lane', () => {
  test('a lane refuses faults that it cannot apply, and says why', () => {
    const refusal = refusalOfFaults(
      [
        { kind: 'refuse', ...window },
        { kind: 'latency', stream: 'upstream', latencyMs: 1, jitterMs: 0, ...window },
      ],
      lane,
    );
    expect(refusal?.message).toBe("the sim lane cannot realise the fault 'latency upstream': time does not pass here");
  });

  test('a lane accepts faults that it can apply', () => {
    expect(refusalOfFaults([{ kind: 'refuse', ...window }], lane)).toBeUndefined();
  });
});

describe('the check of cases before a run', () => {
  const caseNamed = (name: string): Case => ({
    scenario: {
      format: 'onesend.scenario/1',
      name,
      seed: 1,
      tenants: [{ key: 't', mode: 'ON', quota: 10 }],
      steps: [{ kind: 'entry', campaign: 'c', tenant: 't', messages: 1, atMs: 0 }],
      faults: [],
    },
    deviations: [],
  });
  const refusal = ({ scenario }: Case) =>
    scenario.name === 'bad' ? { message: 'it cannot be', hint: 'leave it out' } : undefined;

  test('a scenario that the lane refuses is a usage error that names it', () => {
    const demand = (): void => demandPlayable({ refusal }, [caseNamed('good'), caseNamed('bad')]);
    expect(demand).toThrow(expect.objectContaining({ code: 'ONESEND_USAGE', hint: 'leave it out' }));
    expect(demand).toThrow("scenario 'bad': it cannot be");
  });

  test('cases that the lane accepts pass the check before a run', () => {
    expect(() => demandPlayable({ refusal }, [caseNamed('good')])).not.toThrow();
  });
});
