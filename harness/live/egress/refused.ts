// What the hosts mean that a system asked for and did not get: it would have left the rig.
import { ContainmentError } from '../../platform/errors.ts';
import type { Anomaly } from '../../formats/anomaly.ts';
import type { RefusedEgress } from '../observers/commands.ts';
import { hostOf } from '../observers/egress-door.ts';
import type { Slot } from '../slot.ts';

/** What a slot asked for and did not reach since this was last asked, but for what its description allows. */
export function takeRefused({ number, observatory, description: { refusedHosts } }: Slot): RefusedEgress[] {
  return observatory.takeEgresses(number).filter(({ target }) => !refusedHosts.includes(hostOf(target)));
}

/** Each target once, with the process that asked. */
export function refusedWords(refused: readonly RefusedEgress[]): string[] {
  return [...new Set(refused.map(({ system, target }) => `the ${system} process asked for ${target}`))];
}

/** What to do about it. */
export const REFUSED_HINT =
  'let `providers` name the API of that host, or `refusedHosts` the host if the pair does without';

/** What to do about messages that did not arrive. */
export const FIXED_HOST_HINT =
  "where an SDK has the host of its provider built in, see 'SDKs with fixed hosts' in docs/systems.md";

/** The findings of a run that began at this time of the rig's clock. */
export function egressAnomalies(refused: readonly RefusedEgress[], beganMicros: number): Anomaly[] {
  return refused.map(({ system, target, atMicros }) => ({
    kind: 'egress',
    message: `the ${system} process asked for ${target}, which is none of its providers'; it was refused`,
    atMicros: Math.max(0, atMicros - beganMicros),
  }));
}

/** Throws when a slot whose canaries did not arrive asked for another host. */
export function assertNoneRefused(system: string, refused: readonly RefusedEgress[]): void {
  if (refused.length === 0) return;
  throw new ContainmentError(
    `${system}: ${refusedWords(refused).join(', ')}, which leads out of the rig; it was refused`,
    {
      hint: REFUSED_HINT,
    },
  );
}
