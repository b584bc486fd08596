// What a scenario may ask for that only the sim lane performs. The live lane refuses it instead of running something else.
import { UsageError } from '../platform/errors.ts';
import type { Scenario } from '../formats/scenario.ts';

const HINT = 'run it with --lane sim';

/** Throws a UsageError for a scenario with two service processes, or with clocks that are off. */
export function refuseSimOnly({ name, serviceInstances = 1, skewMicros }: Scenario): void {
  if (serviceInstances > 1) {
    throw new UsageError(
      `scenario ${name}: expected one service process on the live lane, whose slots have one each, received serviceInstances ${serviceInstances}`,
      { hint: HINT },
    );
  }
  const { legacy, service } = skewMicros ?? { legacy: 0, service: 0 };
  if (legacy !== 0 || service !== 0) {
    throw new UsageError(
      `scenario ${name}: expected clocks that are right on the live lane, whose processes share the host's clock and nothing sets it for one of them, received skewMicros ${legacy} and ${service}`,
      { hint: HINT },
    );
  }
}
