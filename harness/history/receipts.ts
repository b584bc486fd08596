// The receipts of a run: for every planned fault, whether it took effect. A run that passes although a fault was never applied proves
// nothing. For each kind of fault, a file in receipts/ says how observers can see it.
import type { History } from '../formats/history.ts';
import { decidedOf, type FaultKind, faultLabel, type FaultOf } from '../faults/catalogue.ts';
import { perHistory } from './per-history.ts';
import { receiptOfBlackhole } from './receipts/blackhole.ts';
import { receiptOfBreakerOpen } from './receipts/breaker-open.ts';
import { receiptOfCrash } from './receipts/crash.ts';
import { receiptOfCut } from './receipts/cut.ts';
import { receiptOfDecision } from './receipts/decision.ts';
import { receiptOfLatency } from './receipts/latency.ts';
import { receiptOfMissingUuid } from './receipts/missing-uuid.ts';
import { receiptOfPause } from './receipts/pause.ts';
import { receiptOfProvider } from './receipts/provider.ts';
import type { PlannedFault, Receipt, ReceiptEvidence } from './receipts/receipt-evidence.ts';
import { receiptOfRedelivery } from './receipts/redelivery.ts';
import { receiptOfRefuse } from './receipts/refuse.ts';
import { receiptOfRepeat } from './receipts/repeat.ts';
import { receiptOfReset } from './receipts/reset.ts';
import { receiptOfTamper } from './receipts/tamper.ts';
import { receiptOfTerminate } from './receipts/terminate.ts';

type Receipts = { readonly [K in FaultKind]: (planned: PlannedFault<FaultOf<K>>) => ReceiptEvidence };

const RECEIPTS = {
  latency: receiptOfLatency,
  blackhole: receiptOfBlackhole,
  reset: receiptOfReset,
  cut: receiptOfCut,
  refuse: receiptOfRefuse,
  'breaker-open': receiptOfBreakerOpen,
  provider: receiptOfProvider,
  crash: receiptOfCrash,
  redelivery: receiptOfRedelivery,
  'missing-uuid': receiptOfMissingUuid,
  tamper: receiptOfTamper,
  pause: receiptOfPause,
  terminate: receiptOfTerminate,
  repeat: receiptOfRepeat,
} satisfies Receipts;

/** One receipt per planned fault, in the order of the scenario. */
export const receipts: (history: History) => readonly Receipt[] = perHistory((history) =>
  history.scenario.faults.map((fault, index) => {
    const planned = { history, fault, index };
    const { state, evidence, witnesses } = isDecided(planned)
      ? receiptOfDecision(planned, receiptOf)
      : receiptOf(planned);
    const seqs = [...new Set(witnesses.map((event) => event.seq))].toSorted((a, b) => a - b);
    return { fault: index, kind: faultLabel(fault), state, evidence, witnesses: seqs };
  }),
);

/**
 * Whether a fault represents a decision of the simulator, which needs no observer to prove that it took effect. On this lane a process is
 * held up by decisions only, also in a history whose faults do not name their decisions.
 */
function isDecided({ history, fault }: PlannedFault): boolean {
  if (history.lane !== 'sim') return false;
  return decidedOf(fault) !== undefined || (fault.kind === 'latency' && fault.heldUp !== undefined);
}

/** The cast is safe: `RECEIPTS` has for each kind a function that takes faults of that kind. */
function receiptOf(planned: PlannedFault): ReceiptEvidence {
  const judge = RECEIPTS[planned.fault.kind] as (planned: PlannedFault) => ReceiptEvidence;
  return judge(planned);
}
