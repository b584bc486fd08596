// How the two logs may differ about one message at some moment of a span: a reconciliation that reads them then may report any of this.
import type { History } from '../formats/history.ts';
import { groupBy } from '../history/group-by.ts';
import { perHistory } from '../history/per-history.ts';
import { type RowImage, textIn } from '../history/row-values.ts';
import { imageOf, type Row, rowsOf, statusOf } from '../history/rows.ts';
import { SpanIndex } from '../history/span-index.ts';
import type { Span } from '../history/window.ts';

/** The kinds of mismatch of one message, sorted; empty where the logs agree or cannot be compared yet. */
export type LogDifference = readonly string[];

/** The rows about one message. */
interface LogRows {
  readonly legacy: readonly Row[];
  readonly service: readonly Row[];
  readonly authority: readonly Row[];
}

const NONE: readonly Row[] = [];

/** The uuids that have, or had, a row in either log, without dry runs. */
export const loggedUuids: (history: History) => ReadonlySet<string> = perHistory(
  (history) => new Set([...legacyRows(history).keys(), ...serviceRows(history).keys()]),
);

/** The rows of both logs about one message. */
export function logRowsOf(history: History, messageUuid: string): readonly Row[] {
  const { legacy, service } = rowsAbout(history, messageUuid);
  return [...legacy, ...service];
}

const byUuid = (rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> =>
  groupBy(rows, (row) => textIn(imageOf(row), 'message_uuid'));

const legacyRows = perHistory((history) => byUuid(rowsOf(history, 'sms_logs')));

const serviceRows = perHistory((history) =>
  byUuid(rowsOf(history, 'go_sms_logs').filter((row) => textIn(imageOf(row), 'dry_run') !== 'true')),
);

const authorityRows = perHistory((history) => byUuid(rowsOf(history, 'send_authority')));

function rowsAbout(history: History, messageUuid: string): LogRows {
  return {
    legacy: legacyRows(history).get(messageUuid) ?? NONE,
    service: serviceRows(history).get(messageUuid) ?? NONE,
    authority: authorityRows(history).get(messageUuid) ?? NONE,
  };
}

/** Every difference that is true at some moment of the span. A reader may see each table at another moment of the span. */
export function possibleDifferences(history: History, messageUuid: string, read: Span): readonly LogDifference[] {
  const rows = rowsAbout(history, messageUuid);
  const found = new Map<string, LogDifference>();
  for (const legacy of entriesIn(history, rows.legacy, read)) {
    for (const service of entriesIn(history, rows.service, read)) {
      for (const isOwn of ownershipsIn(history, rows, { service, read })) {
        const difference = differenceOf(fromService(legacy), service, isOwn);
        found.set(difference.join(), difference);
      }
    }
  }
  return [...found.values()];
}

/**
 * The messages about which the logs may differ in the span, in the order of `loggedUuids`. All others certainly had no row yet, or their
 * logs agreed from then on.
 */
export function unsettledUuids(history: History, read: Span): readonly string[] {
  return unsettled(history).touching(read);
}

const unsettled = perHistory(
  (history) => new SpanIndex([...loggedUuids(history)], (messageUuid) => unsettledSpan(history, messageUuid)),
);

/** From the first row about a message until its logs agree for the rest of the run; the end is infinite where they never certainly do. */
function unsettledSpan(history: History, messageUuid: string): Span {
  const { legacy, service, authority } = rowsAbout(history, messageUuid);
  const logged = [...legacy, ...service];
  const wasThere = [legacy[0], service[0]].some((row) => row !== undefined && row.before !== null);
  const earliest = wasThere ? Number.NEGATIVE_INFINITY : Math.min(...logged.map((row) => row.earliest));
  const [atLast, ...others] = possibleDifferences(history, messageUuid, AT_LAST);
  if (others.length > 0 || atLast?.length !== 0) return { earliest, latest: Number.POSITIVE_INFINITY };
  return { earliest, latest: Math.max(...[...logged, ...authority].map((row) => row.latest)) };
}

const AT_LAST: Span = { earliest: Number.POSITIVE_INFINITY, latest: Number.POSITIVE_INFINITY };

/** One row as a reader may have found it. */
interface Entry {
  readonly image: RowImage;
  /** Whether it was older than the grace period. */
  readonly isRipe: boolean;
}

const ABSENT: Entry = { image: null, isRipe: true };

/** The rows of the legacy app's own sends have no partner in the service's log. */
function fromService(legacy: Entry): Entry {
  return textIn(legacy.image, 'source') === 'go' ? legacy : ABSENT;
}

/** The states of one table about the message that may have been committed when the table was read. */
function entriesIn(history: History, rows: readonly Row[], read: Span): Entry[] {
  return statesIn(history, rows, read).flatMap((place): Entry[] => {
    const image = place === 0 ? (rows[0]?.before ?? null) : (rows[place - 1]?.after ?? null);
    if (image === null) return [ABSENT];
    const born = rows.slice(0, place).findLast(({ operation }) => operation === 'insert');
    return ripenessOf(history, born, read).map((isRipe) => ({ image, isRipe }));
  });
}

/** The possible numbers of committed changes: from those that were certainly committed to all that may have been. */
function statesIn({ roles }: History, rows: readonly Row[], read: Span): number[] {
  // The rig asks for the reconciliation only after its own changes are acknowledged.
  const wasThere = (row: Row): boolean => row.latest < read.earliest || (row.role === roles.rig && mayBeThere(row));
  const mayBeThere = (row: Row): boolean => row.earliest <= read.latest;
  const least = rows.findLastIndex(wasThere) + 1;
  const states = [least];
  for (let place = least; place < rows.length; place += 1) {
    const row = rows[place];
    if (row === undefined || !mayBeThere(row)) break;
    states.push(place + 1);
  }
  return states;
}

/**
 * Whether a row was older than the grace period, as one or both answers. Its age counts from the statement that inserted it, which a busy
 * machine may have delayed. A row from before the run is old.
 */
function ripenessOf({ timings, tolerances }: History, born: Row | undefined, read: Span): boolean[] {
  if (born === undefined) return [true];
  const graceMicros = timings.reconcileGraceMs * 1_000;
  const ripeFrom = born.statementEarliest - tolerances.noiseMs * 1_000 + graceMicros;
  const ripeUntil = born.latest + graceMicros;
  if (ripeUntil < read.earliest) return [true];
  return ripeFrom >= read.latest ? [false] : [true, false];
}

/** Whether the service's row is more than the trace of a claim that it lost to the legacy app; both answers where this is not known. */
function ownershipsIn(
  history: History,
  { legacy, authority }: LogRows,
  { service, read }: { service: Entry; read: Span },
): boolean[] {
  if (plainStatus(service.image) === 'accepted') return [true];
  if (!history.vantages.includes('authority')) return legacy.length > 0 ? [true, false] : [true];
  const holders = statesIn(history, authority, read).map((place) => authority[place - 1]?.after ?? null);
  return [...new Set(holders.map((image) => textIn(image, 'holder') !== 'legacy'))];
}

function differenceOf(legacy: Entry, service: Entry, isOwn: boolean): LogDifference {
  if (service.image === null) return isComparable(legacy) ? ['missing_in_go'] : [];
  if (legacy.image === null) return isOwn && isComparable(service) ? ['missing_in_laravel'] : [];
  if (!isComparable(legacy) || !isComparable(service)) return [];
  const ids = [legacy, service].map(({ image }) => textIn(image, 'provider_message_id'));
  return [
    ...(ids[0] === ids[1] ? [] : ['provider_message_id_mismatch']),
    ...(plainStatus(legacy.image) === plainStatus(service.image) ? [] : ['status_mismatch']),
  ];
}

/** A row within the grace period, or without a final status, cannot be compared yet. */
function isComparable({ image, isRipe }: Entry): boolean {
  return image !== null && isRipe && !UNFINISHED.has(textIn(image, 'status'));
}

const UNFINISHED = new Set(['pending', 'in_progress']);

/** A duplicate is an acceptance that was reported a second time. */
function plainStatus(image: RowImage): string {
  const status = statusOf(image);
  return status === 'duplicate' ? 'accepted' : status;
}
