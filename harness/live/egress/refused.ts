// Requests of a system to hosts outside the rig, which the rig refused: as anomalies, errors and words.
import { ContainmentError } from '../../platform/errors.ts';
import type { Anomaly } from '../../formats/anomaly.ts';
import type { RefusedEgress } from '../observers/commands.ts';
import { hostOf } from '../observers/egress-door.ts';
import type { Slot } from '../slot.ts';

/** The requests of a slot that were refused since the last call, except to hosts that its description lists in `refusedHosts`. */
export function takeRefused({ number, observatory, description: { refusedHosts } }: Slot): RefusedEgress[] {
  return observatory.takeEgresses(number).filter(({ target }) => !refusedHosts.includes(hostOf(target)));
}

/** Each target once, with the process that requested it. */
export function refusedWords(refused: readonly RefusedEgress[]): string[] {
  return [...new Set(refused.map(({ system, target }) => `the ${system} process asked for ${target}`))];
}

/** What to do about a refused request. */
export const REFUSED_HINT =
  'list the API of that host in `providers`, or the host in `refusedHosts` if the pair works without it';

/** What to do about messages that did not reach the provider stub. */
export const FIXED_HOST_HINT =
  "where an SDK has the host of its provider built in, see 'SDKs with fixed hosts' in docs/systems.md";

/** The anomalies of a run that began at `beganMicros` of the rig's clock. */
export function egressAnomalies(refused: readonly RefusedEgress[], beganMicros: number): Anomaly[] {
  return refused.map(({ system, target, atMicros }) => ({
    kind: 'egress',
    message: `the ${system} process asked for ${target}, which is none of its providers'; it was refused`,
    atMicros: Math.max(0, atMicros - beganMicros),
  }));
}

/** Throws a ContainmentError when a slot whose canaries did not arrive requested another host. */
export function assertNoneRefused(system: string, refused: readonly RefusedEgress[]): void {
  if (refused.length === 0) return;
  throw new ContainmentError(
    `${system}: ${refusedWords(refused).join(', ')}, which is outside the rig; it was refused`,
    {
      hint: REFUSED_HINT,
    },
  );
}
