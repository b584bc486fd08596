// Parses durations of the command line, such as 500ms, 30s, 10m and 1h, and those of days, such as 10d and 2w.
import { InvalidArgumentError } from 'commander';

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;

const millisecondsIn: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** The milliseconds, to the microsecond, of an instant of a run such as `503ms`; 0ms is its start. Throws as `parseDuration` does. */
export function parseInstant(text: string): number {
  const [, amount = '', unit = ''] = DURATION.exec(text.trim()) ?? [];
  const micros = Math.round(Number(amount) * (millisecondsIn[unit] ?? Number.NaN) * 1_000);
  if (amount !== '' && Number.isSafeInteger(micros)) return micros / 1_000;
  throw new InvalidArgumentError('expected a time since the start of the run such as 503ms or 1.2s');
}

/** The milliseconds of a duration such as `10m`. Throws an InvalidArgumentError for any other text, also for a bare number. */
export function parseDuration(text: string): number {
  const [, amount = '', unit = ''] = DURATION.exec(text.trim()) ?? [];
  const durationMs = Math.round(Number(amount) * (millisecondsIn[unit] ?? Number.NaN));
  if (amount !== '' && Number.isSafeInteger(durationMs) && durationMs > 0) return durationMs;
  throw new InvalidArgumentError('expected a duration above zero such as 500ms, 30s or 10m');
}

const DAYS = /^([1-9]\d{0,4})(d|w)$/;

/** The days of a duration such as `10d` or `2w`; undefined for any other text. */
export function parseDays(text: string): number | undefined {
  const [, amount, unit] = DAYS.exec(text.trim()) ?? [];
  return amount === undefined ? undefined : Number(amount) * (unit === 'w' ? 7 : 1);
}
