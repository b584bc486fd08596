// A configuration while it is put together: fields with values, and beside them what their author has to check.

/** A field. One without a value is only something to check. */
export interface Field {
  readonly key: string;
  /** A text, a list of texts, or the fields of an object. */
  readonly value?: string | readonly string[] | FieldList;
  /** Why its value may be wrong, or what to say instead. */
  readonly check?: string;
}

/** The fields of an object. */
export interface FieldList {
  readonly fields: readonly Field[];
}

/** What there is to check, each with the path of its field. */
export function checksIn({ fields }: FieldList, path = ''): string[] {
  return fields.flatMap(({ key, value, check }) => {
    const inner = path === '' ? key : `${path}.${key}`;
    if (isFieldList(value)) return checksIn(value, inner);
    if (check === undefined) return [];
    return [value === undefined && path !== '' ? `${path}: ${key}: ${check}` : `${inner}: ${check}`];
  });
}

/** The object itself, without what there is to check. */
export function plainObject({ fields }: FieldList): Record<string, unknown> {
  return Object.fromEntries(
    fields
      .filter(({ value }) => value !== undefined)
      .map(({ key, value }) => [key, isFieldList(value) ? plainObject(value) : value]),
  );
}

/** Whether a value is an object. */
export function isFieldList(value: Field['value']): value is FieldList {
  return typeof value === 'object' && 'fields' in value;
}
