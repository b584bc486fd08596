// Names each fault on the row it bit. A fault that can be seen on no row gets one of its own, at the time it was applied.
import type { Fault } from '../../harness/formats/fault.ts';
import { faultWords } from '../fault-words.ts';
import { type FaultSite, IMPORTANCE, type Row } from './row.ts';
import { eventsOf, type Subject, timeMsOf } from './subject.ts';

/** Observers and nemesis do not share their clock's every tick. */
const slackMs = 50;

/** The rows with the faults of the scenario on them. */
export function withFaults(subject: Subject, rows: readonly Row[]): Row[] {
  const named = [...rows];
  const extra: Row[] = [];
  for (const [index, fault] of subject.history.scenario.faults.entries()) {
    const bitten = bittenRow(fault, named);
    if (bitten === undefined) extra.push(...appliedRow(subject, index));
    else named.splice(bitten.index, 1, withNote(bitten.row, faultWords(fault)));
  }
  return [...named, ...extra];
}

/** A row that shows trouble is the likelier victim than one that only has the right place and time. */
function bittenRow(fault: Fault, rows: readonly Row[]): { row: Row; index: number } | undefined {
  const sites = sitesOf(fault);
  const candidates = rows
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => row.site !== undefined && sites.includes(row.site) && isWithin(fault, row.timeMs));
  return candidates.find(({ row }) => row.note?.tone === 'doubtful') ?? candidates[0];
}

function sitesOf(fault: Fault): readonly FaultSite[] {
  switch (fault.kind) {
    case 'latency':
    case 'blackhole':
    case 'reset':
    case 'cut':
      return fault.stream === 'upstream' ? ['request'] : ['answer'];
    case 'provider':
      return fault.system === 'legacy' ? ['legacy-send'] : ['service-send'];
    case 'crash':
      return ['crash'];
    case 'redelivery':
      return ['redelivery'];
    default:
      return [];
  }
}

/** An answer that was held up is seen later than the fault: by as much as the fault lasts. */
function isWithin(fault: Fault, timeMs: number): boolean {
  if ('untilMs' in fault) {
    const heldMs = fault.kind === 'latency' ? fault.latencyMs + fault.jitterMs : 0;
    return timeMs >= fault.fromMs - slackMs && timeMs < fault.untilMs + heldMs + slackMs;
  }
  return 'atMs' in fault ? timeMs >= fault.atMs - slackMs : true;
}

/** What became of a send is kept beside the fault; of anything else the fault itself says more. */
function withNote(row: Row, words: string): Row {
  const { note } = row;
  if (row.to !== 'provider' || note === undefined) return { ...row, note: { text: `! ${words}`, tone: 'doubtful' } };
  return { ...row, note: { text: `${note.text} ! ${words}`, tone: note.tone === 'bad' ? 'bad' : 'doubtful' } };
}

function appliedRow({ history, witnesses }: Subject, index: number): Row[] {
  const fault = history.scenario.faults[index];
  const event = eventsOf(history, 'fault-applied').find((applied) => applied.fault === index);
  if (fault === undefined || event === undefined) return [];
  return [
    {
      timeMs: timeMsOf(event),
      seq: event.seq,
      witness: witnesses.has(event.seq),
      importance: IMPORTANCE.change,
      from: 'legacy app',
      labels: [`! ${faultWords(fault)}`],
    },
  ];
}
