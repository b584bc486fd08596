// Messages whose flag is not a mode: some readings of the runbook allow a system to reject them, so that they need not be sent.
import { MODES } from '../../src/contract/mode.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from './events-of.ts';
import type { EnteredMessage } from './messages.ts';
import { perHistory } from './per-history.ts';

/** Whether the system may have rejected messages of this tenant because of its flag, at some time of the run. */
export function mayRejectTenant(history: History, tenant: string): boolean {
  return tenantsWithoutMode(history).has(tenant);
}

/** Whether the system may have rejected an entered message because of its flag. */
export function mayBeRejected({ readings }: History, { entry }: EnteredMessage): boolean {
  return readings.unknownMode === 'reject' && entry.flagged.some(isNoMode);
}

/** Whether the system must have rejected the message: its tenant certainly had a flag, and the flag was not a mode. */
export function mustBeRejected({ readings }: History, { entry }: EnteredMessage): boolean {
  return readings.unknownMode === 'reject' && entry.flagged.every((text) => text !== '' && isNoMode(text));
}

/** The tenants whose flag was missing or not a mode at some time. */
const tenantsWithoutMode = perHistory((history): ReadonlySet<string> => {
  if (history.readings.unknownMode === 'OFF') return new Set();
  const initial = history.scenario.tenants.map(({ key, mode }) => ({ tenant: key, mode: mode ?? '' }));
  const flagged = [...initial, ...eventsOf(history, 'flip')];
  return new Set(flagged.flatMap(({ tenant, mode }) => (isNoMode(mode) ? [tenant] : [])));
});

function isNoMode(text: string): boolean {
  return !MODES.some((mode) => mode === text);
}
