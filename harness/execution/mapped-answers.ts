// Reads what a system of its own forms answers to the rig, and puts it into the forms that the script of a run knows.
import { type MismatchMapping, PLAIN_MISMATCHES } from '../formats/answer-mapping.ts';
import { placeReader, NO_HEAD } from './wire-place.ts';

/** A mismatch as the script of a run knows it. */
interface Mismatch {
  readonly kind: string;
  readonly messageUuid: string;
}

/** The counts that an output holds, as JSON; undefined for an output that does not hold them. */
export function countsIn(output: string, counts: Readonly<Record<string, string>> | undefined): string | undefined {
  const value = jsonIn(output);
  if (counts === undefined) return value === undefined ? undefined : JSON.stringify(value);
  const found = Object.entries(counts).map(([name, place]) => [name, read(value, place)] as const);
  if (found.some(([, count]) => typeof count !== 'number')) return undefined;
  return JSON.stringify(Object.fromEntries(found));
}

/** The mismatches that an output reports, as JSON; undefined for an output that is no such report. */
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

/** Undefined when one of them has no kind or no uuid. */
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

/** The JSON that an output is or, where a command says more than that, the last of its lines that is some. */
function jsonIn(output: string): unknown {
  for (const text of [output, ...output.split('\n').toReversed()]) {
    if (!/^\s*[[{]/.test(text)) continue;
    try {
      return JSON.parse(text);
    } catch {
      // A line of a log may begin so too.
    }
  }
  return undefined;
}
