// The number in a column of units. The driver gives a bigint, numeric or decimal as text, because JavaScript's numbers may not hold it.
import { SystemDescriptionError } from '../platform/errors.ts';

/** The units in a cell; a SystemDescriptionError for what is no whole number that JavaScript can hold. `column` names it in the error. */
export function unitsIn(cell: unknown, column: string): number {
  const units = typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : cell;
  if (typeof units === 'number' && Number.isSafeInteger(units)) return units;
  throw new SystemDescriptionError(
    `${column}: expected a whole number of units, found ${JSON.stringify(cell) ?? 'none'}`,
    { hint: 'name the column that counts the units of an account' },
  );
}
