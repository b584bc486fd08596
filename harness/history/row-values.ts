// Reads single columns of audited rows. The type of a column depends on the system, so every value is checked.

/** A row before or after a change; null where there was none. */
export type RowImage = Readonly<Record<string, unknown>> | null;

/** The column as text; '' when it is absent, null or blank. */
export function textIn(image: RowImage, column: string): string {
  const value = image?.[column];
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The column as a number, also where the database returns numbers as text; undefined when it is not a number. */
export function numberIn(image: RowImage, column: string): number | undefined {
  const cell = image?.[column];
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined;
  const text = textIn(image, column);
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The id of the row's tenant. A ledger whose description does not map this column may call it `owner_id`. */
export function tenantIdIn(image: RowImage): number | undefined {
  return numberIn(image, 'tenant_id') ?? numberIn(image, 'owner_id');
}
