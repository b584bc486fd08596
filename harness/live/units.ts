// Reads a column of quota units. The driver returns bigint, numeric and decimal values as text, because a JavaScript number cannot hold
// all of them.
import { SystemDescriptionError } from '../platform/errors.ts';

/** The units in a cell. Throws a SystemDescriptionError, which names `column`, for a value that is not a safe integer of JavaScript. */
export function unitsIn(cell: unknown, column: string): number {
  const units = typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : cell;
  if (typeof units === 'number' && Number.isSafeInteger(units)) return units;
  throw new SystemDescriptionError(
    `${column}: expected a whole number of units, found ${JSON.stringify(cell) ?? 'none'}`,
    { hint: 'name the column that counts the units of an account' },
  );
}
