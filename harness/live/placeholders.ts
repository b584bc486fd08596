// Fills the placeholders of a description (`${port}`) with the values of a slot, such as the URLs of its database, service and provider.

/** Values by the names of their placeholders. */
export type Placeholders = Readonly<Record<string, string>>;

/** Replaces `${name}` by its value; a name without a value stays. */
export function fillPlaceholders(template: string, values: Placeholders): string {
  return template.replace(/\$\{([a-zA-Z]+(?::[\w-]+)?)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Fills the placeholders in the values of environment variables. */
export function fillVariables(
  environment: Readonly<Record<string, string>>,
  values: Placeholders,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, template]) => [name, fillPlaceholders(template, values)]),
  );
}
