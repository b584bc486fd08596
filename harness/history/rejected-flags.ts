// Flags that are no mode, where the readings let a system reject messages for them: such a message need not be sent.
import { MODES } from '../../src/contract/mode.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from './events-of.ts';
import type { EnteredMessage } from './messages.ts';
import { perHistory } from './per-history.ts';

/** Whether the system may have rejected messages of this tenant for its flag, at some time of the run. */
export function mayRejectTenant(history: History, tenant: string): boolean {
  return strangelyFlagged(history).has(tenant);
}

/** Whether the system may have rejected a message that had entered. */
export function mayBeRejected({ readings }: History, { entry }: EnteredMessage): boolean {
  return readings.unknownMode === 'reject' && entry.flagged.some(isStrange);
}

/** Whether the system must have rejected the message: it was flagged, and with no mode. */
export function mustBeRejected({ readings }: History, { entry }: EnteredMessage): boolean {
  return readings.unknownMode === 'reject' && entry.flagged.every((text) => text !== '' && isStrange(text));
}

/** The tenants whose flag was no mode, or missing, at some time. */
const strangelyFlagged = perHistory((history): ReadonlySet<string> => {
  if (history.readings.unknownMode === 'OFF') return new Set();
  const initial = history.scenario.tenants.map(({ key, mode }) => ({ tenant: key, mode: mode ?? '' }));
  const flagged = [...initial, ...eventsOf(history, 'flip')];
  return new Set(flagged.flatMap(({ tenant, mode }) => (isStrange(mode) ? [tenant] : [])));
});

function isStrange(text: string): boolean {
  return !MODES.some((mode) => mode === text);
}
