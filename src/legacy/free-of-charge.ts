// Which messages are free of charge under the readings of the system.
import type { Mode } from '../contract/mode.ts';
import type { Readings } from '../contract/readings.ts';

/** Whether every message of a mode is free, so that it needs no reservation. */
export function isFreeMode(readings: Readings, mode: Mode): boolean {
  if (mode === 'SHADOW') return readings.shadowBilling === 'none';
  return mode === 'OFF' && readings.offBilling === 'free';
}

/** Whether a message in ON is free because the legacy app sent it as a fallback. */
export function isFreeFallback(readings: Readings, { mode, source }: { mode: Mode; source: 'go' | 'legacy' }): boolean {
  return mode === 'ON' && source === 'legacy' && readings.fallbackBilling === 'free';
}
