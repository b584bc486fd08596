// The values that a description leaves to the slot: where its database, its service, its provider and its directory are.

/** Values by the names of their placeholders. */
export type Placeholders = Readonly<Record<string, string>>;

/** Puts the values in place of `${name}`; a name without a value stays. */
export function fillPlaceholders(template: string, values: Placeholders): string {
  return template.replace(/\$\{([a-zA-Z]+(?::[\w-]+)?)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The same in the values of variables. */
export function fillVariables(
  environment: Readonly<Record<string, string>>,
  values: Placeholders,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, template]) => [name, fillPlaceholders(template, values)]),
  );
}
