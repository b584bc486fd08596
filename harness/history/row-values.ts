// Reads single columns out of audited rows. What a column holds depends on the system, so nothing is taken on trust.

/** A row before or after a change; null where there was none. */
export type RowImage = Readonly<Record<string, unknown>> | null;

/** The column as text; '' when it is absent, null or blank. */
export function textIn(image: RowImage, column: string): string {
  const value = image?.[column];
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The column as a number, also where the database spells numbers as text; undefined when it is none. */
export function numberIn(image: RowImage, column: string): number | undefined {
  const cell = image?.[column];
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined;
  const text = textIn(image, column);
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The tenant of a row. Where a description does not map the column of a ledger, it may be called `owner_id`. */
export function tenantIdIn(image: RowImage): number | undefined {
  return numberIn(image, 'tenant_id') ?? numberIn(image, 'owner_id');
}
