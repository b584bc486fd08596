// The form of a configuration while it is composed: fields with values, and notes on what their author has to check.

/** A field. Without a value, it is only a note. */
export interface Field {
  readonly key: string;
  /** A text, a list of texts, or the fields of an object. */
  readonly value?: string | readonly string[] | FieldList;
  /** The note: why the value can be wrong, or what to write. */
  readonly check?: string;
  /** Where a value that needs no check was read. */
  readonly note?: string;
}

/** The fields of an object. */
export interface FieldList {
  readonly fields: readonly Field[];
}

/** All notes, each after the path of its field. */
export function checksIn({ fields }: FieldList, path = ''): string[] {
  return fields.flatMap(({ key, value, check }) => {
    const inner = path === '' ? key : `${path}.${key}`;
    const below = isFieldList(value) ? checksIn(value, inner) : [];
    if (check === undefined) return below;
    return [value === undefined && path !== '' ? `${path}: ${key}: ${check}` : `${inner}: ${check}`, ...below];
  });
}

/** The object that the fields describe, without the notes. */
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
