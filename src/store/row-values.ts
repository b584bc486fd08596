// How values come back from Postgres: times in ISO 8601 with all their microseconds, every number as a number.
import { type CustomTypesConfig, types } from 'pg';

/** Reads a timestamptz as Postgres prints it in UTC: '2026-01-02 03:04:05.6+00'. */
export function isoTime(text: string): string {
  const [, date, time, fraction = ''] = /^(\S+) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text) ?? [];
  // `infinity` and years before Christ have no place in ISO 8601; no table holds them.
  return date === undefined || time === undefined ? text : `${date}T${time}.${fraction.padEnd(6, '0')}Z`;
}

const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [types.builtins.TIMESTAMPTZ, isoTime],
  [types.builtins.INT8, Number],
]);

/** The parsers of a connection, for pg; what has no parser here is read as pg reads it. */
export const rowValueTypes: CustomTypesConfig = {
  getTypeParser: (oid: Parameters<typeof types.getTypeParser>[0], format?: 'text' | 'binary') => {
    const known: CustomTypesConfig = types;
    return PARSERS.get(oid) ?? known.getTypeParser(oid, format);
  },
};
