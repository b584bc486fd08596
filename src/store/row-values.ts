// How values from PostgreSQL are read: times as ISO 8601 with microseconds, every number as a JavaScript number.
import { type CustomTypesConfig, types } from 'pg';

/** Converts a timestamptz, as PostgreSQL prints it in UTC ('2026-01-02 03:04:05.6+00'), to ISO 8601. Returns any other text unchanged. */
export function isoTime(text: string): string {
  const [, date, time, fraction = ''] = /^(\S+) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text) ?? [];
  // ISO 8601 has no form for `infinity` and years BC. No table of the pair contains them.
  return date === undefined || time === undefined ? text : `${date}T${time}.${fraction.padEnd(6, '0')}Z`;
}

const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [types.builtins.TIMESTAMPTZ, isoTime],
  [types.builtins.INT8, Number],
]);

/** The type parsers of a connection, for pg. pg's own parsers read all other types. */
export const rowValueTypes: CustomTypesConfig = {
  getTypeParser: (oid: Parameters<typeof types.getTypeParser>[0], format?: 'text' | 'binary') => {
    const known: CustomTypesConfig = types;
    return PARSERS.get(oid) ?? known.getTypeParser(oid, format);
  },
};
