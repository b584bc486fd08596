// The fingerprint of a finding: what it shows, without ids, times and counts. A search treats findings with equal fingerprints as one bug:
// it keeps one counterexample for each fingerprint, and a shrunk case must show the fingerprint of the original.
import type { EventOf, HistoryEvent } from '../formats/event.ts';
import { brokenBy, type Finding } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from '../history/events-of.ts';
import { perHistory } from '../history/per-history.ts';
import { sha256 } from '../platform/canonical-json.ts';
import type { Judgement } from './judge.ts';

/**
 * The property, then the kind, system, mode and outcome of each witness in order, for example `S1: accept service ON; accept legacy ON`.
 * A witness that equals an earlier one is left out, because a fingerprint has no counts.
 */
export function fingerprintOf(history: History, { property, witnesses }: Finding): string {
  const events = bySeq(history);
  const described = witnesses.flatMap((seq) => {
    const event = events.get(seq);
    return event === undefined ? [] : [describe(event, history)];
  });
  return [property, [...new Set(described)].join('; ')].filter(Boolean).join(': ');
}

/** The distinct fingerprints of what a run violates: those of its findings, or the kind of its anomaly. Empty when it violates nothing. */
export function fingerprintsOf({
  history,
  findings,
  broken,
}: Pick<Judgement, 'history' | 'findings' | 'broken'>): string[] {
  const own = findings.filter(({ property }) => broken.includes(property));
  // A run with an anomaly reports the anomaly instead of its findings.
  if (own.length === 0) return [...broken];
  return [...new Set(own.map((finding) => fingerprintOf(history, finding)))];
}

/** The distinct fingerprints of a run's anomaly and of its findings, including findings that the anomaly replaces in `fingerprintsOf`. */
export function everyFingerprintOf({
  history,
  findings,
  broken,
}: Pick<Judgement, 'history' | 'findings' | 'broken'>): string[] {
  const anomalies = broken.filter((each) => findings.every(({ property }) => property !== each));
  return [...new Set([...anomalies, ...findings.map((finding) => fingerprintOf(history, finding))])];
}

/** The key of a fingerprint in evidence: the property or anomaly, and the first digits of the fingerprint's SHA-256. */
export function fingerprintKey(fingerprint: string): string {
  return `${brokenBy(fingerprint)} ${sha256(fingerprint).slice(0, KEY_DIGITS)}`;
}

const KEY_DIGITS = 12;

const bySeq = perHistory((history) => new Map(history.events.map((event) => [event.seq, event])));

const modeByItem = perHistory(
  (history) => new Map(eventsOf(history, 'entry').map((entry) => [entry.item, entryMode(entry)])),
);

const modeByUuid = perHistory(
  (history) => new Map(eventsOf(history, 'entry').map((entry) => [entry.messageUuid, entryMode(entry)])),
);

/** The mode that the system pinned or, where it pins none, the one that was flagged. */
function entryMode({ mode, flagged }: EventOf<'entry'>): string {
  return mode === '' ? flagged.join('/') : mode;
}

function describe(event: HistoryEvent, history: History): string {
  return [event.kind, ...detailsOf(event, history), modeOf(event, history)].filter(Boolean).join(' ');
}

/** The system and the outcome of an event. */
function detailsOf(event: HistoryEvent, { roles }: History): readonly string[] {
  switch (event.kind) {
    case 'attempt':
    case 'accept':
      return [event.system];
    case 'reject':
      return [event.system, String(event.status), event.definite ? 'definite' : 'indefinite'];
    case 'request':
      return [event.tap, event.dryRun === true ? 'dry-run' : ''];
    case 'answer':
      return [event.tap, String(event.status), ...new Set(event.results.map(({ status }) => status))];
    case 'call-failed':
      return [event.tap, event.by, event.how];
    case 'row':
      return [event.table, event.operation, systemOf(event.role, roles), ...statesIn(event.after ?? event.before)];
    case 'user-response':
      return [String(event.status)];
    case 'log':
    case 'terminate':
    case 'restart':
      return [event.process];
    case 'exit':
      return [event.process, event.isKilled ? 'killed' : 'ended'];
    case 'crash':
      return [event.process, event.expected ? 'expected' : 'unexpected'];
    case 'repeat':
      return [event.result ?? String(event.status)];
    case 'recover':
      return [event.report === null ? 'unanswered' : 'answered'];
    case 'reconciliation':
      return event.mismatches === null ? ['unanswered'] : [...new Set(event.mismatches.map(({ kind }) => kind))];
    case 'observer-problem':
      return [event.problem];
    default:
      return [];
  }
}

/** The mode that was pinned for the message concerned, else the one that the event itself names. */
function modeOf(event: HistoryEvent, history: History): string {
  if (event.kind === 'entry') return entryMode(event);
  if (event.kind === 'flip') return event.mode;
  if ('item' in event && event.item !== null) return modeByItem(history).get(event.item) ?? '';
  if ('uuids' in event) return modesOfUuids(event.uuids, history);
  if (event.kind === 'answer')
    return modesOfUuids(
      event.results.map(({ messageUuid }) => messageUuid),
      history,
    );
  if (event.kind !== 'row') return '';
  const uuid = event.after?.['message_uuid'] ?? event.before?.['message_uuid'];
  return typeof uuid === 'string' ? modesOfUuids([uuid], history) : '';
}

function modesOfUuids(uuids: readonly string[], history: History): string {
  const modes = new Set(uuids.flatMap((uuid) => modeByUuid(history).get(uuid) ?? []));
  return [...modes].toSorted().join('+');
}

function systemOf(role: string, { legacy, service }: History['roles']): string {
  if (role === legacy) return 'legacy';
  return role === service ? 'service' : 'rig';
}

/** The columns that hold the outcome of a row. */
const STATES = ['state', 'status', 'source'];

function statesIn(row: Readonly<Record<string, unknown>> | null): string[] {
  return STATES.flatMap((column) => {
    const value = row?.[column];
    return typeof value === 'string' ? [value] : [];
  });
}
