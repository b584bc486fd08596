import { describe, expect, test } from 'vitest';
import { FAULTS } from '../faults/catalogue.ts';
import { refuseImpossibleFaults } from './impossible-faults.ts';

const window = { fromMs: 0, untilMs: 1 };
const lane = {
  lane: 'sim',
  realisers: { ...FAULTS, latency: { impossible: 'time does not pass here' } },
} as const;

describe('a lane', () => {
  test('refuses a scenario with a fault that it cannot realise, and says why', () => {
    const refused = (): void =>
      refuseImpossibleFaults(
        [
          { kind: 'refuse', ...window },
          { kind: 'latency', stream: 'upstream', latencyMs: 1, jitterMs: 0, ...window },
        ],
        lane,
      );
    expect(refused).toThrow(expect.objectContaining({ code: 'ONESEND_USAGE' }));
    expect(refused).toThrow("the sim lane cannot realise the fault 'latency upstream': time does not pass here");
  });

  test('takes a scenario whose faults it can realise', () => {
    expect(() => refuseImpossibleFaults([{ kind: 'refuse', ...window }], lane)).not.toThrow();
  });
});
