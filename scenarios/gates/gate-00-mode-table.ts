// Gate 0: every cell of the runbook's mode table, with one scenario per row, and the fallback rows.
import type { History } from '../../harness/formats/history.ts';
import type { Gate } from '../../harness/runner/gate.ts';
import {
  acceptCounts,
  attemptCounts,
  decrement,
  demandAll,
  demandsOfEach,
  type Demand,
  exactly,
  holds,
  priceOf,
  requestsArrived,
} from './evidence.ts';
import { FROM_THE_START, campaignScenario } from '../../harness/generators/campaign-scenario.ts';

const MESSAGES = 2;
const UNKNOWN = 'on';

/** One row of the table: how often each system sends, how the service is called, and what is charged. */
interface Row {
  readonly mode: string;
  readonly legacySends: number;
  readonly serviceSends: number;
  readonly dryRun: boolean | 'no call';
  /** The row of the price list by which each message is charged. */
  readonly sentAs: Parameters<typeof priceOf>[1];
  /** The service is unreachable, so the legacy app falls back if the mode allows it. */
  readonly unreachable?: true;
}

const TABLE: readonly Row[] = [
  { mode: 'OFF', legacySends: MESSAGES, serviceSends: 0, dryRun: 'no call', sentAs: 'OFF' },
  { mode: 'SHADOW', legacySends: MESSAGES, serviceSends: 0, dryRun: true, sentAs: 'SHADOW' },
  { mode: 'ON', legacySends: 0, serviceSends: MESSAGES, dryRun: false, sentAs: 'ON' },
  { mode: 'ON', legacySends: MESSAGES, serviceSends: 0, dryRun: 'no call', sentAs: 'fallback', unreachable: true },
  { mode: 'SHADOW', legacySends: MESSAGES, serviceSends: 0, dryRun: 'no call', sentAs: 'SHADOW', unreachable: true },
  // An unknown mode acts as OFF, because the legacy app is the safe sender. Under another reading neither system sends.
  { mode: UNKNOWN, legacySends: MESSAGES, serviceSends: 0, dryRun: 'no call', sentAs: 'OFF' },
];

export const modeTable: Gate = {
  id: '0',
  title: 'each mode sends, rehearses and charges as the mode table says',
  source: 'onesend',
  section: 'Section 0, Invariant 1: mode behaviour',
  expected:
    'OFF: legacy sends and is charged; SHADOW: legacy sends, the service rehearses, nothing is charged; ON: the service sends, legacy only as a fallback, each charged once; an unknown mode: as OFF; other readings change what is charged, and what an unknown mode does',
  nextAction: 'compare the mode switch with the table of Invariant 1, cell by cell',
  vantages: ['wire', 'database'],
  scenarios: TABLE.map((row) =>
    campaignScenario({
      name: nameOf(row),
      mode: row.mode,
      messages: MESSAGES,
      faults: row.unreachable === true ? [{ kind: 'refuse', ...FROM_THE_START }] : [],
    }),
  ),
  judge: (histories) => demandAll(demandsOfEach({ cases: TABLE, histories }, demandsOn)),
};

function nameOf({ mode, unreachable }: Row): string {
  const of = mode === UNKNOWN ? `${UNKNOWN} (no mode)` : mode;
  return `${of}, mode table${unreachable === true ? ' without the service' : ''}`;
}

function demandsOn(row: Row, history: History): Demand[] {
  const calls = requestsArrived(history);
  const isRejected = row.mode === UNKNOWN && history.readings.unknownMode === 'reject';
  return [
    exactly('legacy sends', isRejected ? 0 : row.legacySends, acceptCounts(history).legacy),
    exactly('service sends', row.serviceSends, attemptCounts(history).service),
    exactly('units charged', isRejected ? 0 : MESSAGES * priceOf(history, row.sentAs), decrement(history)),
    row.dryRun === 'no call'
      ? exactly('calls to the service', 0, calls.length)
      : holds(
          `called with dry_run=${row.dryRun}`,
          calls.length > 0 && calls.every((call) => call.dryRun === row.dryRun),
        ),
  ];
}
