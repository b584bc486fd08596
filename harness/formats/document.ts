// Reads and writes every document: JSON with a `format` and its version. Reading validates it, and an invalid document is an error of one
// line.
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { DocumentError } from '../platform/errors.ts';
import { parseJson } from '../platform/parse-json.ts';
import { writeWhole } from '../platform/write-whole.ts';

/** A kind of document: its format string and its schema. */
export interface DocumentKind<T> {
  /** Its name and version, for example `onesend.scenario/1`. */
  readonly format: string;
  readonly schema: z.ZodType<T>;
}

/**
 * Parses JSON text into a document; throws a DocumentError that says what was expected and what was found. `source` names the text in it.
 */
export function parseDocument<T>(kind: DocumentKind<T>, text: string, source: string): T {
  if (text.trim() === '') throw new DocumentError(`${source}: expected a ${kind.format} document, found an empty file`);
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (cause) {
    throw new DocumentError(`${source}: expected a ${kind.format} document, found text that is not valid JSON`, {
      hint: 'the file may have been cut off',
      cause,
    });
  }
  return checkDocument(kind, value, source);
}

/** Validates a value as a document of this kind; throws a DocumentError about the first issue. `source` names the value in it. */
export function checkDocument<T>(kind: DocumentKind<T>, value: unknown, source: string): T {
  const format = (value as { format?: unknown } | null)?.format;
  if (format !== kind.format) throw unknownFormat(source, { found: format, known: [kind.format] });
  const parsed = kind.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  const path = first?.path.join('.') ?? '';
  throw new DocumentError(`${source}: ${path === '' ? 'document' : path}: ${first?.message ?? 'is not valid'}`);
}

/** The error for a document whose format or version is not one of `known`. */
export function unknownFormat(
  source: string,
  { found, known }: { readonly found: unknown; readonly known: readonly string[] },
): DocumentError {
  const hint = versionHint(found, known);
  const message = `${source}: expected format ${known.join(' or ')}, found ${JSON.stringify(found) ?? 'none'}`;
  return new DocumentError(message, hint === undefined ? {} : { hint });
}

/** What to do about a known document in another version; undefined if the document itself is unknown. */
function versionHint(found: unknown, known: readonly string[]): string | undefined {
  const [name, version] = typeof found === 'string' ? found.split('/') : [];
  const own = known.find((format) => format.startsWith(`${name}/`))?.split('/')[1];
  if (own === undefined || !/^\d+$/.test(version ?? '')) return undefined;
  return Number(version) > Number(own)
    ? 'a newer Onesend wrote it: update this one'
    : 'an older Onesend wrote it: read it with that version, or make it again with this one';
}

/** Reads a document from a file; throws a DocumentError also if the file is missing or unreadable. */
export async function readDocument<T>(kind: DocumentKind<T>, path: string): Promise<T> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new DocumentError(`${path}: expected a ${kind.format} document, found no readable file`, { cause });
  });
  return parseDocument(kind, text, path);
}

/** Writes a document atomically: a reader never sees part of it. Creates the folder if needed. */
export async function writeDocument(path: string, document: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeWhole(path, `${JSON.stringify(document, undefined, 2)}\n`);
}
