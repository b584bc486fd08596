// The placeholders that the environment of a process can contain, and the suggestion for a misspelt one.
import { nearestName } from '../platform/nearest-name.ts';

/** The names that a slot replaces in `${NAME}`. */
const PLACEHOLDERS = ['databaseUrl', 'port', 'serviceUrl', 'providerUrl', 'directory'];

/**
 * One message for each misspelt placeholder in a text. Names that resemble no placeholder are allowed: the system can give them a meaning.
 */
export function misspeltPlaceholders(text: string): string[] {
  return [...text.matchAll(/\$\{([a-zA-Z]+)\}/g)].flatMap(([whole, name = '']) => {
    const nearest = PLACEHOLDERS.includes(name) ? undefined : nearestName(name, PLACEHOLDERS);
    return nearest === undefined ? [] : [`${whole} is unknown, did you mean '\${${nearest}}'?`];
  });
}
