// Translates the reports of a system with formats of its own, by the mapping in its description, into the JSON that rig-answers.ts parses.
import { type MismatchMapping, PLAIN_MISMATCHES } from '../formats/answer-mapping.ts';
import { placeReader, NO_HEAD } from './wire-place.ts';

/** A mismatch in the form that rig-answers.ts parses. */
interface Mismatch {
  readonly kind: string;
  readonly messageUuid: string;
}

/** The counts at the given places of an output, as JSON; without places, all JSON of the output. Undefined when a count is missing. */
export function countsIn(output: string, counts: Readonly<Record<string, string>> | undefined): string | undefined {
  const value = jsonIn(output);
  if (counts === undefined) return value === undefined ? undefined : JSON.stringify(value);
  const found = Object.entries(counts).map(([name, place]) => [name, read(value, place)] as const);
  if (found.some(([, count]) => typeof count !== 'number')) return undefined;
  return JSON.stringify(Object.fromEntries(found));
}

/** The mismatches that an output reports, as JSON; undefined when the output is not such a report. */
export function mismatchesIn(output: string, mapping: MismatchMapping = PLAIN_MISMATCHES): string | undefined {
  const found = mismatchesOf(output, mapping);
  return found === undefined ? undefined : JSON.stringify(found);
}

function mismatchesOf(output: string, mapping: MismatchMapping): Mismatch[] | undefined {
  if ('lines' in mapping) {
    const pattern = new RegExp(mapping.lines);
    const found = output.split('\n').map((line) => pattern.exec(line)?.groups);
    return named(
      found.filter((groups) => groups !== undefined),
      mapping,
    );
  }
  const value = jsonIn(output);
  if ('list' in mapping) {
    const entries = listAt(value, mapping.list)?.map((entry) => ({
      kind: read(entry, mapping.kind),
      uuid: read(entry, mapping.uuid),
    }));
    return entries && named(entries, mapping);
  }
  const lists = Object.entries(mapping.lists).map(([kind, place]) =>
    listAt(value, place)?.map((entry) => ({ kind, uuid: read(entry, mapping.uuid) })),
  );
  const known = lists.filter((list) => list !== undefined);
  return known.length === lists.length ? named(known.flat(), { kinds: {} }) : undefined;
}

/** Translates the kinds, and drops entries whose kind maps to null. Undefined when an entry has no kind or no uuid. */
function named(
  entries: readonly { readonly kind?: unknown; readonly uuid?: unknown }[],
  { kinds }: Pick<Extract<MismatchMapping, { kinds: unknown }>, 'kinds'>,
): Mismatch[] | undefined {
  const mismatches: Mismatch[] = [];
  for (const { kind: word, uuid } of entries) {
    if (typeof word !== 'string' || typeof uuid !== 'string') return undefined;
    const kind = Object.hasOwn(kinds, word) ? kinds[word] : word;
    if (kind !== null && kind !== undefined) mismatches.push({ kind, messageUuid: uuid });
  }
  return mismatches;
}

function listAt(value: unknown, place: string): unknown[] | undefined {
  const list = read(value, place);
  return Array.isArray(list) ? list : undefined;
}

function read(value: unknown, place: string): unknown {
  return placeReader(place)(value, NO_HEAD);
}

/** The whole output as JSON or, when it holds other text too, the last of its lines that is JSON. */
function jsonIn(output: string): unknown {
  for (const text of [output, ...output.split('\n').toReversed()]) {
    if (!/^\s*[[{]/.test(text)) continue;
    try {
      return JSON.parse(text);
    } catch {
      // A log line can begin with a bracket too.
    }
  }
  return undefined;
}
