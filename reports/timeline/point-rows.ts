// The rows of what happened at one place: entries, mode changes, crashes, rows of tables, and whatever else a finding calls to witness.
import type { EventOf, HistoryEvent } from '../../harness/formats/event.ts';
import type { History } from '../../harness/formats/history.ts';
import { IMPORTANCE, type Lane, type Row } from './row.ts';
import { type Subject, timeMsOf } from './subject.ts';

type Point = Pick<Row, 'from' | 'labels'> & Partial<Pick<Row, 'to' | 'mark' | 'importance' | 'site'>>;

/** The rows of all events that are neither calls nor sends. Most appear only as witnesses. */
export function pointRows(subject: Subject): Row[] {
  return subject.history.events.flatMap((event) => {
    const witness = subject.witnesses.has(event.seq);
    const point = pointOf(event, subject);
    if (point === undefined || (point.importance === undefined && !witness)) return [];
    const importance = point.importance ?? IMPORTANCE.witness;
    const mark = point.to === undefined ? ({ mark: 'o' } as const) : {};
    return [{ ...mark, ...point, importance, timeMs: timeMsOf(event), seq: event.seq, witness }];
  });
}

/** How an event is shown; without an importance it is shown only as a witness. */
function pointOf(event: HistoryEvent, subject: Subject): Point | undefined {
  switch (event.kind) {
    case 'entry':
      return { from: 'legacy app', ...entryPoint(event, subject) };
    case 'trigger':
      return triggerPoint(event);
    case 'user-response':
      return {
        from: 'legacy app',
        to: 'user',
        labels: [
          `${event.status ?? 'nothing'} after ${Math.round(event.elapsedMs)} ms`,
          `${event.status ?? 'nothing'}, ${Math.round(event.elapsedMs)} ms`,
        ],
      };
    case 'flip':
      return { from: 'legacy app', labels: [`mode becomes ${event.mode}`], importance: IMPORTANCE.change };
    case 'crash':
      return { from: laneOf(event.process), mark: 'x', labels: ['CRASH'], importance: IMPORTANCE.call, site: 'crash' };
    case 'restart':
      return { from: laneOf(event.process), labels: ['restarted'], importance: IMPORTANCE.context };
    case 'row':
      return rowPoint(event, subject);
    case 'log':
      return { from: laneOf(event.process), labels: [`log: ${event.line}`] };
    case 'request':
    case 'answer':
    case 'call-failed':
    case 'attempt':
    case 'accept':
    case 'reject':
    case 'fault-applied':
    case 'fault-healed':
      return undefined;
    default:
      return { from: 'legacy app', labels: [rigWords(event)] };
  }
}

function entryPoint({ item, mode }: EventOf<'entry'>, { items }: Subject): Omit<Point, 'from'> {
  const name = items.size > 1 ? `${item} ` : '';
  return {
    labels: [`${name}enters in mode ${mode}`, `${mode} entry`],
    ...(items.has(item) && { importance: IMPORTANCE.context }),
  };
}

function triggerPoint({ campaign, delivery }: EventOf<'trigger'>): Point {
  const labels = [`${campaign}, delivery ${delivery}`, `delivery ${delivery}`] as const;
  if (delivery === 1) return { from: 'user', to: 'legacy app', labels: [`send ${campaign}`, 'send'] };
  return { from: 'legacy app', labels: [...labels], importance: IMPORTANCE.call, site: 'redelivery' };
}

/** The final log row of a concerned message is worth a line; other rows are shown as witnesses. */
function rowPoint(event: EventOf<'row'>, { history, uuids }: Subject): Point {
  const isFinalLog = event.table === 'sms_logs' && uuids.has(String(event.after?.['message_uuid']));
  const words = `${event.table} ${event.operation}: ${changeWords(event)}`;
  const short = `log: ${plain(event.after?.['source'])} ${plain(event.after?.['status'])}`;
  const labels: Point['labels'] = isFinalLog ? [words, short] : [words];
  return { from: writerLane(event.role, history), labels, ...(isFinalLog && { importance: IMPORTANCE.context }) };
}

const tellingColumns = ['source', 'status', 'state', 'holder', 'sms', 'mode', 'dry_run'];

function changeWords({ key, before, after }: EventOf<'row'>): string {
  const shown = tellingColumns.filter((column) => before?.[column] !== after?.[column]);
  const changes = shown.map((column) => {
    const [old, fresh] = [before?.[column], after?.[column]];
    if (old === undefined) return `${column} ${plain(fresh)}`;
    return `${column} ${plain(old)} -> ${plain(fresh)}`;
  });
  return changes.length > 0 ? changes.join(', ') : key;
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
}

function writerLane(role: string, { roles }: History): Lane {
  return role === roles.service ? 'service' : 'legacy app';
}

function laneOf(process: 'legacy' | 'service'): Lane {
  return process === 'legacy' ? 'legacy app' : 'service';
}

type RigEvent = EventOf<'quiescent' | 'recover' | 'reconciliation' | 'privileges' | 'balance' | 'observer-problem'>;

function rigWords(event: RigEvent): string {
  switch (event.kind) {
    case 'quiescent':
      return '(from here on nothing moves by itself)';
    case 'recover':
      return `recovery, round ${event.round}${event.report === null ? ': no answer' : ''}`;
    case 'reconciliation':
      return event.mismatches === null
        ? 'reconciliation: no answer'
        : `reconciliation: ${event.mismatches.length} mismatches`;
    case 'privileges':
      return `role ${event.role} may write ${event.writable.join(', ') || 'nothing'}`;
    case 'balance':
      return `balance of ${event.tenant}: ${event.units}`;
    default:
      return `observer ${event.observer} ${event.problem}: ${event.detail}`;
  }
}
