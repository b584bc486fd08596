// The placeholders that the environment of a process may hold, and which of them a name that is none was meant for.
import { nearestName } from '../platform/nearest-name.ts';

/** What a slot puts in place of `${NAME}`. */
const PLACEHOLDERS = ['databaseUrl', 'port', 'serviceUrl', 'providerUrl', 'directory'];

/** What is said of each placeholder in a text that is none and was meant for one. Any other name may have a meaning of its own. */
export function misspeltPlaceholders(text: string): string[] {
  return [...text.matchAll(/\$\{([a-zA-Z]+)\}/g)].flatMap(([whole, name = '']) => {
    const nearest = PLACEHOLDERS.includes(name) ? undefined : nearestName(name, PLACEHOLDERS);
    return nearest === undefined ? [] : [`${whole} is unknown, did you mean '\${${nearest}}'?`];
  });
}
